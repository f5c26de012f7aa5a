#!/usr/bin/env bash
# Puts Wine, 32-bit and 64-bit, into build/wine, from Debian's packages as the machine's own keys verify them: nothing is installed in the system, so that the
# versions of its libraries do not matter. The machine must have libc6-i386 (a package of its own architecture). Does nothing when it is there.
#   build/wine/run PROGRAM.exe [arguments]   runs a Windows program; its standard error must be a file or a terminal (Wine gives Node no Unix pipe there)
#   WINE_DISPLAY=:1 build/wine/run ...       shows its windows on that X display; without, they exist but are not drawn
set -euo pipefail
cd "$(dirname "$0")/../.."

suite=bookworm
target=$PWD/build/wine
root=$target/root
stamp=$target/ready-$(sha256sum "$0" | cut -c1-16)
[ -e "$stamp" ] && exit 0
if [ ! -e /lib/ld-linux.so.2 ]; then
  echo "Wine needs the 32-bit loader: apt-get install libc6-i386" >&2
  exit 1
fi

[ ! -x "$target/run" ] || "$target/run" --stop || true
rm -rf "$target"
mkdir -p "$root" "$target/drawing" "$target/apt/lists/partial" "$target/apt/cache/archives/partial"
# From where this machine has its own packages.
sites=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages')
site=$(grep -v security <<<"$sites" | sed -n 1p)
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $site $suite main" >"$target/apt/sources.list"
apt=(apt-get -qq -o Dir::State::lists="$target/apt/lists" -o Dir::Cache="$target/apt/cache" -o Dir::Etc::SourceList="$target/apt/sources.list"
  -o Dir::Etc::SourceParts=/dev/null -o APT::Architectures=amd64,i386 -o APT::Sandbox::User=root -o Acquire::Languages=none -o Acquire::Retries=3)
"${apt[@]}" update
# To draw windows and letters. Apart: without a display nothing of it is loaded. (Wine of this version ends at once when it has libfreetype and no libfontconfig.)
drawing=(libx11-6 libxext6 libxcb1 libxau6 libxdmcp6 libbsd0 libmd0 libfontconfig1 libexpat1 libuuid1 libfreetype6 libpng16-16 libbrotli1 zlib1g)
fetch() { (mkdir -p "$target/packages/$1" && cd "$target/packages/$1" && shift && "${apt[@]}" download "$@"); }
fetch root wine64:amd64 libwine:amd64 libunwind8:amd64 wine32:i386 libwine:i386 libunwind8:i386 liblzma5:i386 libgcc-s1:i386 libz-mingw-w64 fonts-wine fonts-liberation
fetch drawing "${drawing[@]/%/:amd64}" "${drawing[@]/%/:i386}"
for package in "$target"/packages/*/*.deb; do dpkg-deb -x "$package" "$target/$(basename "$(dirname "$package")")" & done
wait
rm -rf "$target/apt" "$target/packages"

# Debian's wrapper knows its usual place only.
ln -sf wineserver64 "$root/usr/lib/wine/wineserver"
# Wine takes a library of its own by this mark in it; Debian packs this one apart.
for size in "x86_64 x86_64" "i386 i686"; do
  read -r ours mingw <<<"$size"
  library=$root/usr/lib/$ours-linux-gnu/wine/$ours-windows/zlib1.dll
  cp "$root/usr/$mingw-w64-mingw32/lib/zlib1.dll" "$library"
  { printf 'Wine builtin DLL'; head -c 16 /dev/zero; } | dd of="$library" bs=1 seek=64 conv=notrunc status=none
done

cat >"$target/run" <<END
#!/bin/sh
# build/wine/run PROGRAM.exe [arguments], or --stop: ends every program of this Wine.
export WINEPREFIX="\${WINEPREFIX:-$target/prefix}" WINEDEBUG="\${WINEDEBUG:--all}" WINEDLLOVERRIDES="mscoree=;mshtml=" LC_ALL=C.UTF-8
export LD_LIBRARY_PATH="$root/usr/lib/i386-linux-gnu:$root/lib/i386-linux-gnu:$root/usr/lib/x86_64-linux-gnu"
unset DISPLAY
if [ -n "\${WINE_DISPLAY:-}" ]; then
  drawing="$target/drawing"
  export DISPLAY="\$WINE_DISPLAY" LD_LIBRARY_PATH="\$LD_LIBRARY_PATH:\$drawing/usr/lib/i386-linux-gnu:\$drawing/lib/i386-linux-gnu:\$drawing/usr/lib/x86_64-linux-gnu:\$drawing/lib/x86_64-linux-gnu"
fi
if [ "\$1" = --stop ]; then exec "$root/usr/lib/wine/wineserver64" -k; fi
exec "$root/usr/lib/wine/wine64" "\$@"
END
chmod +x "$target/run"

"$target/run" wineboot -i >"$target/set-up.log" 2>&1
"$target/run" reg add 'HKCU\Software\Wine' /v Version /d win10 /f >>"$target/set-up.log" 2>&1
cp "$root"/usr/share/wine/fonts/{marlett,tahoma,tahomabd}.ttf "$root"/usr/share/fonts/truetype/liberation/LiberationSans-*.ttf "$target/prefix/drive_c/windows/Fonts/"
touch "$stamp"
