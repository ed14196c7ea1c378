/** Whether a name is a pattern, which stands for more than one topic. */
export function isPattern(topic: string): boolean {
  return topic.endsWith(">") || topic.includes("*")
}

/** `*` stands for one part of a name, `>` at the end for one or more. */
export function matches(pattern: string, topic: string): boolean {
  const parts = topic.split(".")
  const wanted = pattern.split(".")
  return (
    wanted.every((part, i) => i < parts.length && (part === "*" || part === ">" || part === parts[i])) &&
    (wanted.length === parts.length || wanted.at(-1) === ">")
  )
}
