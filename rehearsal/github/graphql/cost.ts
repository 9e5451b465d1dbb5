import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  valueFromASTUntyped,
} from "graphql";

/** What a query asks for at most, as GitHub counts it before it answers. */
export interface Cost {
  nodes: number;
  points: number;
  /** Connections without bounds, or with bounds outside of 1 to 100. */
  violations: string[];
}

/** GitHub's limit of nodes in one query. */
export const nodeLimit = 500_000;

interface Place {
  type: GraphQLNamedType | undefined;
  /** How often what is selected here may be answered. */
  times: number;
}

/** Counts a validated query: nodes multiply along connections, and a hundred requests for connections make a point. */
export function costOf(schema: GraphQLSchema, document: DocumentNode, variables: Record<string, unknown>): Cost {
  const cost = { nodes: 0, connections: 0, violations: new Set<string>() };
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  for (const one of document.definitions)
    if (one.kind === Kind.OPERATION_DEFINITION)
      walk(one.selectionSet.selections, { type: schema.getQueryType() ?? undefined, times: 1 });
  const points = Math.max(1, Math.round(cost.connections / 100));
  return { nodes: cost.nodes, points, violations: [...cost.violations] };

  function walk(selections: readonly SelectionNode[], place: Place): void {
    for (const one of selections) {
      if (one.kind === Kind.FIELD) enter(one, place);
      else if (one.kind === Kind.INLINE_FRAGMENT)
        walk(one.selectionSet.selections, narrowed(one.typeCondition?.name.value, place));
      else {
        const fragment = fragments.get(one.name.value);
        if (fragment) walk(fragment.selectionSet.selections, narrowed(fragment.typeCondition.name.value, place));
      }
    }
  }

  function narrowed(name: string | undefined, place: Place): Place {
    return name === undefined ? place : { ...place, type: schema.getType(name) };
  }

  function enter(field: FieldNode, { type, times }: Place): void {
    if (!field.selectionSet) return;
    const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
    const inner = getNamedType(fields[field.name.value]?.type);
    const bound = inner?.name.endsWith("Connection") ? boundOf(field) : 1;
    if (inner?.name.endsWith("Connection")) {
      cost.connections += times;
      cost.nodes += times * bound;
    }
    walk(field.selectionSet.selections, { type: inner, times: times * bound });
  }

  function boundOf({ name, arguments: given = [] }: FieldNode): number {
    const bound = given.find((one) => one.name.value === "first" || one.name.value === "last");
    const value = bound && Number(valueFromASTUntyped(bound.value, variables));
    if (value !== undefined && value >= 1 && value <= 100) return value;
    cost.violations.add(`${name.value} needs \`first\` or \`last\` from 1 to 100, found ${value ?? "neither"}`);
    return 1;
  }
}
