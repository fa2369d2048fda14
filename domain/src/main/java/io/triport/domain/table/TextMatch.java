package io.triport.domain.table;

import io.triport.domain.request.InvalidInput;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A text to be found in a key.
 *
 * @param text 1 to 1,024 characters
 * @param where at least one place; found in any of them is found
 */
public record TextMatch(TextMatch.Kind kind, String text, Set<TextMatch.Place> where) {
    private static final int MOST = 1_024;

    /** How the text is meant. None of them folds case. */
    public enum Kind {
        /** The characters themselves, anywhere. */
        SUBSTRING,
        /** The characters themselves, at the beginning. */
        PREFIX,
        /** {@code *} for any characters, {@code ?} for one, over the whole. */
        GLOB,
        /** A regular expression of RE2 that matches somewhere; its cost is linear in the text. */
        REGEX
    }

    /** Where it is looked for. */
    public enum Place {
        NAME,
        TAGS,
        METADATA
    }

    /** @throws InvalidInput outside the bounds */
    public TextMatch {
        where = Set.copyOf(where);
        if (text.isEmpty() || text.length() > MOST) {
            throw new InvalidInput("query", "1..1024 characters");
        }
        if (where.isEmpty()) {
            throw new InvalidInput("in", "at least one of name, tags, metadata");
        }
    }

    /** Finds it in a text. @throws InvalidInput for a regular expression that is none */
    public Predicate<String> finder(KeyMatcher.Expressions expressions) {
        return switch (kind) {
            case SUBSTRING -> whole -> whole.contains(text);
            case PREFIX -> whole -> whole.startsWith(text);
            case GLOB -> new Wildcards(text);
            case REGEX -> expressions.compile(text);
        };
    }

    /** The characters themselves, in the names of keys. */
    public static TextMatch inName(String text) {
        return new TextMatch(Kind.SUBSTRING, text, Set.of(Place.NAME));
    }
}
