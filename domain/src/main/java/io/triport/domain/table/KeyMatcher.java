package io.triport.domain.table;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Decides what a {@link KeyFilter} holds for: the one meaning of it, whatever an adapter's index can do by itself. Immutable. */
public final class KeyMatcher implements Predicate<KeyRecord> {
    private final KeyFilter filter;
    private final List<Predicate<KeyRecord>> texts;

    /** Makes something that finds a regular expression of RE2 in a text. */
    public interface Expressions {
        /** @throws io.triport.domain.request.InvalidInput when it is none */
        Predicate<String> compile(String expression);
    }

    /** @throws io.triport.domain.request.InvalidInput for a regular expression that is none */
    public KeyMatcher(KeyFilter filter, Expressions expressions) {
        this.filter = filter;
        this.texts =
                filter.texts().stream().map(text -> inPlaces(text, expressions)).toList();
    }

    @Override
    public boolean test(KeyRecord row) {
        return filter.sizes().least() <= row.size()
                && row.size() <= filter.sizes().most()
                && within(filter.created(), row.created())
                && within(filter.updated(), row.updated())
                && within(filter.expires(), row.ends())
                && lives(row)
                && tagged(row)
                && filter.fields().stream()
                        .allMatch(field -> field.holds(row.labels().custom()))
                && texts.stream().allMatch(text -> text.test(row));
    }

    private static boolean within(KeyFilter.Span span, Instant moment) {
        return span.equals(KeyFilter.Span.ALWAYS) || (!moment.isBefore(span.from()) && moment.isBefore(span.until()));
    }

    private boolean lives(KeyRecord row) {
        var lasting = row.ends().equals(Instant.MAX);
        return switch (filter.lifetime()) {
            case ANY -> true;
            case EXPIRING -> !lasting;
            case LASTING -> lasting;
        };
    }

    private boolean tagged(KeyRecord row) {
        var wanted = filter.tags().tags();
        if (wanted.isEmpty()) {
            return true;
        }
        var present = row.labels().tags();
        return switch (filter.tags().mode()) {
            case ANY -> present.stream().anyMatch(wanted::contains);
            case ALL -> present.containsAll(wanted);
            case NONE -> present.stream().noneMatch(wanted::contains);
        };
    }

    private static Predicate<KeyRecord> inPlaces(TextMatch match, Expressions expressions) {
        var found = match.finder(expressions);
        return row -> match.where().stream().anyMatch(place -> switch (place) {
            case NAME -> found.test(row.key().text());
            case TAGS -> row.labels().tags().stream().map(KeyTag::text).anyMatch(found);
            case METADATA -> found.test(row.labels().custom().text());
        });
    }
}
