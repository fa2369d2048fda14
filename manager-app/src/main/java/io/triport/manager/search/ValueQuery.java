package io.triport.manager.search;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.table.KeyMatcher;
import io.triport.domain.table.KeyRecord;
import io.triport.domain.table.TextMatch;
import io.triport.manager.answer.Fields;
import io.triport.manager.route.Query;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Predicate;

/** A search within values, of keys that the other parameters choose. Immutable. */
public final class ValueQuery {
    private static final int AROUND = 60;
    private static final int LONGEST = 160;

    private final KeyPrefix prefix;
    private final Predicate<KeyRecord> keys;
    private final TextMatch text;
    private final Predicate<String> values;

    private ValueQuery(KeyPrefix prefix, Predicate<KeyRecord> keys, TextMatch text) {
        this.prefix = prefix;
        this.keys = keys;
        this.text = text;
        this.values = text.finder(ValueQuery::expression);
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    public static ValueQuery of(Query query) {
        if (!query.text("in").orElse("").equals("value")) {
            throw Fields.invalid("in", "value, alone: names, tags and metadata are searched by GET");
        }
        var text = SearchQuery.text(query, EnumSet.of(TextMatch.Place.NAME))
                .orElseThrow(() -> Fields.invalid("query", "a text"));
        var filter = SearchQuery.filter(query);
        return new ValueQuery(
                KeyPrefix.of(query.text("prefix").orElse("")), new KeyMatcher(filter, ValueQuery::expression), text);
    }

    public KeyPrefix prefix() {
        return prefix;
    }

    /** Whether a key's value is to be looked at. */
    public boolean chooses(KeyRecord key) {
        return keys.test(key);
    }

    /** What stands around the place in a value that matches, or empty where none does. */
    public Optional<String> preview(String value) {
        if (!values.test(value)) {
            return Optional.empty();
        }
        var at = text.kind() == TextMatch.Kind.SUBSTRING ? value.indexOf(text.text()) : 0;
        return Optional.of(part(value, Math.max(0, at - AROUND)));
    }

    /** The beginning of a value. */
    static String beginning(String value) {
        return part(value, 0);
    }

    /** Whole characters. */
    private static String part(String value, int from) {
        var start = from > 0 && Character.isLowSurrogate(value.charAt(from)) ? from - 1 : from;
        var end = Math.min(value.length(), start + LONGEST);
        return value.substring(
                start, end < value.length() && Character.isHighSurrogate(value.charAt(end - 1)) ? end - 1 : end);
    }

    private static Predicate<String> expression(String expression) {
        try {
            var compiled = Pattern.compile(expression);
            return whole -> compiled.matcher(whole).find();
        } catch (PatternSyntaxException e) {
            throw new InvalidInput("query", "a regular expression of RE2");
        }
    }
}
