/** The guide's text as elements: only what the guide uses, each piece as a node of its own, so that no text is ever taken for markup. */
import { lexer, type Token, type Tokens } from 'marked';
import { Fragment, type ComponentChildren, type VNode } from 'preact';
import { rowPlace } from '../../state-words';
import { slug } from '../../view-model/slug';

export interface MarkdownProps {
  readonly text: string;
  /** Where an image of the guide is found, by its name without folder; null: it is left out. */
  readonly imageOf: (name: string) => string | null;
}

/** Errors: none; a token the guide has no use for is shown as its source. */
export function Markdown({ text, imageOf }: MarkdownProps): VNode {
  let chapter = '';
  return (
    <>
      {lexer(text).map((token, rank) => {
        if (token.type === 'heading') chapter = slug((token as Tokens.Heading).text);
        return block(token, rank, imageOf, chapter);
      })}
    </>
  );
}

type ImageOf = MarkdownProps['imageOf'];

/** The page's own title is the first level of the guide's. */
const HEADS = ['h2', 'h3', 'h4'] as const;

function block(token: Token, rank: number, imageOf: ImageOf, chapter: string): ComponentChildren {
  const inside = (): ComponentChildren => inline('tokens' in token ? (token.tokens ?? []) : [], imageOf);
  switch (token.type) {
    case 'space':
      return null;
    case 'heading': {
      const { depth, text } = token as Tokens.Heading;
      const Head = HEADS[depth - 1] ?? 'h4';
      return (
        <Head key={rank} id={depth === 1 ? 'titre-liste' : slug(text)} tabIndex={-1}>
          {inside()}
        </Head>
      );
    }
    case 'paragraph':
      return <p key={rank}>{inside()}</p>;
    case 'list': {
      const { ordered, items } = token as Tokens.List;
      const List = ordered ? 'ol' : 'ul';
      return (
        <List key={rank}>
          {items.map((item, place) => (
            <li key={place}>
              {item.tokens.map((part, at) =>
                part.type === 'text' ? <Fragment key={at}>{inline([part], imageOf)}</Fragment> : block(part, at, imageOf, chapter),
              )}
            </li>
          ))}
        </List>
      );
    }
    case 'table':
      return <Table key={rank} table={token as Tokens.Table} imageOf={imageOf} chapter={chapter} />;
    default:
      return <p key={rank}>{token.raw}</p>;
  }
}

interface TableProps {
  readonly table: Tokens.Table;
  readonly imageOf: ImageOf;
  readonly chapter: string;
}

/** Each row has a place of its own, which a state of the window leads to. */
function Table({ table, imageOf, chapter }: TableProps): VNode {
  return (
    <table>
      <thead>
        <tr>
          {table.header.map((cell, place) => (
            <th key={place} scope="col">
              {inline(cell.tokens, imageOf)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, rank) => (
          <tr key={rank} id={rowPlace(chapter, row[0]?.text ?? '')} tabIndex={-1}>
            {row.map((cell, place) =>
              place === 0 ? (
                <th key={place} scope="row">
                  {inline(cell.tokens, imageOf)}
                </th>
              ) : (
                <td key={place}>{inline(cell.tokens, imageOf)}</td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function inline(tokens: readonly Token[], imageOf: ImageOf): ComponentChildren {
  return tokens.map((token, rank) => {
    const inside = (): ComponentChildren => inline('tokens' in token ? (token.tokens ?? []) : [], imageOf);
    switch (token.type) {
      case 'text':
        return <Fragment key={rank}>{'tokens' in token ? inside() : (token as Tokens.Text).text}</Fragment>;
      case 'strong':
        return <strong key={rank}>{inside()}</strong>;
      case 'em':
        return <em key={rank}>{inside()}</em>;
      case 'codespan':
        return <code key={rank}>{(token as Tokens.Codespan).text}</code>;
      case 'image': {
        const { href, text } = token as Tokens.Image;
        const source = imageOf(href.replace(/^.*\//, ''));
        return source === null ? null : <img key={rank} src={source} alt={text} loading="lazy" />;
      }
      default:
        return <Fragment key={rank}>{token.raw}</Fragment>;
    }
  });
}
