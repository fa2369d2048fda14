package io.triport.storage.table;

import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.KeyArea;
import io.triport.domain.table.KeyFilter;
import io.triport.domain.table.KeySearch;
import io.triport.domain.table.TagMatch;
import io.triport.domain.table.TextMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A search as far as SQL can say it.
 *
 * @param names conditions that the index of names decides by itself, the areas first
 * @param others conditions on the rows, that of being live among them
 * @param ended a condition for rows of the areas that are not live
 * @param whole whether that is all of it, so that nothing remains to be asked of the rows
 */
record KeyQuestion(Map<Long, NamespaceTitle> titles, List<Sql> names, List<Sql> others, Sql ended, boolean whole) {
    private static final long NO_SPACE = -1;
    private static final String COUNT = "select count(*) from key_row k";
    private static final String COUNT_NAMES = "select count(*) from key_entry k";

    /** @throws io.triport.domain.failure.StorageFailure.Rejected NOT_FOUND for a namespace that does not exist */
    static KeyQuestion of(KeySearch search, Spaces spaces, long now) {
        var numbers =
                spaces.numbers(search.areas().stream().map(KeyArea::namespace).collect(Collectors.toSet()));
        var titles = new HashMap<Long, NamespaceTitle>();
        numbers.forEach((title, space) -> titles.put(space, title));
        var areas = new TreeMap<Long, List<Bytes>>();
        for (var area : search.areas()) {
            var space = numbers.getOrDefault(area.namespace(), NO_SPACE);
            areas.computeIfAbsent(space, none -> new ArrayList<>())
                    .add(area.prefix().bytes());
        }
        var names = new ArrayList<Sql>();
        names.add(areas("k.space", areas));
        var filter = search.filter();
        var whole = filter.fields().isEmpty();
        for (var text : filter.texts()) {
            whole &= text(text, names);
        }
        var others = new ArrayList<Sql>();
        others.add(Sql.of("k.expires_at > ?", now));
        numbers(filter, others);
        tags(filter.tags(), others);
        // The sign keeps SQLite from looking among the names where the ends tell it all.
        var ended = Sql.of("k.expires_at <= ? and k.expires_at < 9223372036854775807 and ", now)
                .add(areas("+k.space", areas));
        return new KeyQuestion(Map.copyOf(titles), List.copyOf(names), List.copyOf(others), ended, whole);
    }

    Sql where() {
        return where(Stream.concat(names.stream(), others.stream()).toList());
    }

    /** How many rows there are. Of names alone the index tells, less those few that have ended and are not removed yet. */
    long total(Queries queries) {
        if (others.size() > 1) {
            return queries.number(Sql.of(COUNT).add(where()));
        }
        var all = queries.number(Sql.of(COUNT_NAMES).add(where(names)));
        var gone = Stream.concat(Stream.of(ended), names.stream().skip(1)).toList();
        return all - queries.number(Sql.of(COUNT_NAMES).add(where(gone)));
    }

    private static Sql where(List<Sql> conditions) {
        var where = Sql.of(" where ").add(conditions.getFirst());
        conditions.stream().skip(1).forEach(condition -> where.add(" and ").add(condition));
        return where;
    }

    /**
     * Whole namespaces as a list of numbers, parts of them as a tree of alternatives: a chain of more than 1,000 is too deep for
     * SQLite.
     */
    private static Sql areas(String column, Map<Long, List<Bytes>> areas) {
        var parts = new ArrayList<Sql>();
        var whole = new StringJoiner(",", column + " in (", ")").setEmptyValue("");
        areas.forEach((space, prefixes) -> {
            if (areas.size() > 1 && prefixes.contains(Bytes.EMPTY)) {
                whole.add(space.toString());
            } else {
                prefixes.forEach(prefix -> parts.add(Sql.of(
                        "(" + column + " = ? and k.key >= ? and k.key < ?)", space, prefix, KeyRows.endOf(prefix))));
            }
        });
        if (whole.length() > 0) {
            parts.add(Sql.of(whole.toString()));
        }
        return anyOf(parts);
    }

    private static Sql anyOf(List<Sql> conditions) {
        if (conditions.size() == 1) {
            return conditions.getFirst();
        }
        var middle = conditions.size() / 2;
        return Sql.of("(")
                .add(anyOf(conditions.subList(0, middle)))
                .add(" or ")
                .add(anyOf(conditions.subList(middle, conditions.size())))
                .add(")");
    }

    private static void numbers(KeyFilter filter, List<Sql> conditions) {
        if (!filter.sizes().equals(KeyFilter.Sizes.ANY)) {
            conditions.add(Sql.of(
                    "k.size >= ? and k.size <= ?",
                    filter.sizes().least(),
                    filter.sizes().most()));
        }
        within("created_at", filter.created(), conditions);
        within("updated_at", filter.updated(), conditions);
        within("expires_at", filter.expires(), conditions);
        switch (filter.lifetime()) {
            case ANY -> {}
            case EXPIRING -> conditions.add(Sql.of("k.expires_at < ?", Long.MAX_VALUE));
            case LASTING -> conditions.add(Sql.of("k.expires_at = ?", Long.MAX_VALUE));
        }
    }

    private static void within(String column, KeyFilter.Span span, List<Sql> conditions) {
        if (!span.equals(KeyFilter.Span.ALWAYS)) {
            conditions.add(Sql.of(
                    "k." + column + " >= ? and k." + column + " < ?",
                    Moments.millis(span.from()),
                    Moments.millis(span.until())));
        }
    }

    private static void tags(TagMatch match, List<Sql> conditions) {
        if (match.tags().isEmpty()) {
            return;
        }
        var wanted = Sql.of("(");
        var first = true;
        for (var tag : match.tags()) {
            wanted.add(first ? "" : match.mode() == TagMatch.Mode.ALL ? " and " : " or ");
            wanted.add("instr(k.tags, ?) > 0", Tagging.one(tag));
            first = false;
        }
        wanted.add(")");
        conditions.add(
                match.mode() == TagMatch.Mode.NONE
                        ? Sql.of("(k.tags is null or not ").add(wanted).add(")")
                        : wanted);
    }

    /** Whether the condition says all that the match asks for. */
    private static boolean text(TextMatch match, List<Sql> conditions) {
        if (!match.where().equals(Set.of(TextMatch.Place.NAME))) {
            return false;
        }
        var text = Bytes.utf8(match.text());
        switch (match.kind()) {
            case SUBSTRING -> conditions.add(Sql.of("instr(k.key, ?) > 0", text));
            case PREFIX -> conditions.add(Sql.of("k.key >= ? and k.key < ?", text, KeyRows.endOf(text)));
            case GLOB, REGEX -> {
                return false;
            }
        }
        return true;
    }
}
