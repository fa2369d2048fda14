/** The tags of a key in a table. */
export function Tags({ tags }: { tags: readonly string[] }) {
  return <span className="line wrap tag-list">{tags.map((tag) => <span key={tag} className="tag"><span className="cut">{tag}</span></span>)}</span>;
}
