package io.triport.testkit;

import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.table.FieldMatch;
import io.triport.domain.table.KeyFilter;
import io.triport.domain.table.KeyRecord;
import io.triport.domain.table.KeyTag;
import io.triport.domain.table.TagMatch;
import io.triport.domain.table.TextMatch;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether a key is one of those that were asked for. */
final class FakeKeyFilter {
    private FakeKeyFilter() {}

    static boolean matches(KeyFilter filter, KeyRecord row) {
        return filter.texts().stream().allMatch(text -> found(text, row))
                && tagged(filter.tags(), row)
                && filter.fields().stream().allMatch(field -> has(field, row))
                && row.size() >= filter.sizes().least()
                && row.size() <= filter.sizes().most()
                && within(filter.created(), row.created())
                && within(filter.updated(), row.updated())
                && expires(filter, row);
    }

    private static boolean found(TextMatch text, KeyRecord row) {
        return text.where().stream().flatMap(place -> texts(place, row)).anyMatch(candidate -> found(text, candidate));
    }

    private static boolean found(TextMatch text, String candidate) {
        return switch (text.kind()) {
            case SUBSTRING -> candidate.contains(text.text());
            case PREFIX -> candidate.startsWith(text.text());
            case GLOB ->
                Pattern.compile(glob(text.text()), Pattern.DOTALL)
                        .matcher(candidate)
                        .matches();
            case REGEX -> Pattern.compile(text.text()).matcher(candidate).find();
        };
    }

    private static String glob(String text) {
        var pattern = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '*') {
                pattern.append(".*");
            } else if (c == '?') {
                pattern.append('.');
            } else {
                pattern.append(Pattern.quote(Character.toString(c)));
            }
        });
        return pattern.toString();
    }

    private static Stream<String> texts(TextMatch.Place place, KeyRecord row) {
        return switch (place) {
            case NAME -> Stream.of(row.key().text());
            case TAGS -> row.labels().tags().stream().map(KeyTag::text);
            case METADATA -> Stream.of(row.labels().custom().text());
        };
    }

    private static boolean tagged(TagMatch wanted, KeyRecord row) {
        if (wanted.tags().isEmpty()) {
            return true;
        }
        return switch (wanted.mode()) {
            case ANY -> row.labels().tags().stream().anyMatch(wanted.tags()::contains);
            case ALL -> row.labels().tags().containsAll(wanted.tags());
            case NONE -> row.labels().tags().stream().noneMatch(wanted.tags()::contains);
        };
    }

    /** By the text alone, which is enough for compact objects without a name twice. */
    private static boolean has(FieldMatch field, KeyRecord row) {
        var custom = row.labels().custom().text();
        var name = "\"" + field.path().getLast() + "\":";
        return custom.contains(name + "\"" + field.value() + "\"")
                || custom.contains(name + field.value() + ",")
                || custom.contains(name + field.value() + "}");
    }

    private static boolean within(KeyFilter.Span span, Instant moment) {
        return !moment.isBefore(span.from()) && moment.isBefore(span.until());
    }

    private static boolean expires(KeyFilter filter, KeyRecord row) {
        var at = row.expiry() instanceof Expiry.At end ? end : null;
        return switch (filter.lifetime()) {
                    case ANY -> true;
                    case EXPIRING -> at != null;
                    case LASTING -> at == null;
                }
                && (filter.expires().equals(KeyFilter.Span.ALWAYS)
                        || (at != null && within(filter.expires(), at.moment())));
    }
}
