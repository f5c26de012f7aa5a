/** The fields of the practice's file, read off its JSON Schema: what may be written where is said there and nowhere else. Pure. */

/** The part of JSON Schema that the practice's file uses. */
export interface FileSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, FileSchema>>;
  readonly items?: FileSchema;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  /** Never shown again: a password. */
  readonly writeOnly?: boolean;
}

export interface SettingField {
  /** `/network/smtp/port`; `-` stands for the rank in a list: `/practitioners/-/name`. */
  readonly place: string;
  readonly kind: 'text' | 'number' | 'flag' | 'choice' | 'secret';
  /** Left empty it is written as null. */
  readonly nullable: boolean;
  /** Its object cannot be without it. */
  readonly required: boolean;
  /** Its object may be left out whole: then so may this one. */
  readonly parentOptional: boolean;
  readonly choices: readonly string[] | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
}

const typesOf = ({ type }: FileSchema): readonly string[] => (typeof type === 'string' ? [type] : (type ?? []));

function kindOf(schema: FileSchema): SettingField['kind'] {
  if (schema.writeOnly === true) return 'secret';
  if (schema.enum !== undefined) return 'choice';
  const types = typesOf(schema);
  if (types.includes('boolean')) return 'flag';
  return types.includes('integer') ? 'number' : 'text';
}

/** Every leaf of the schema, in its order. */
export function schemaFields(schema: FileSchema): readonly SettingField[] {
  const fields: SettingField[] = [];
  const walk = (at: FileSchema, place: string, required: boolean, parentOptional: boolean): void => {
    if (at.items !== undefined) walk(at.items, `${place}/-`, true, false);
    else if (at.properties !== undefined && at.writeOnly !== true)
      for (const [name, inner] of Object.entries(at.properties))
        walk(inner, `${place}/${name}`, at.required?.includes(name) === true, place !== '' && !required);
    else
      fields.push({
        place,
        kind: kindOf(at),
        nullable: typesOf(at).includes('null'),
        required,
        parentOptional,
        choices: at.enum ?? null,
        minimum: at.minimum ?? null,
        maximum: at.maximum ?? null,
      });
  };
  walk(schema, '', true, false);
  return fields;
}

/** The field a place of the file belongs to: `/practitioners/0/name` is `/practitioners/-/name`. */
export const templateOf = (place: string): string => place.replace(/\/\d+(?=\/|$)/g, '/-');
