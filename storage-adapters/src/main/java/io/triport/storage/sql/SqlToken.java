package io.triport.storage.sql;

import java.util.Locale;

/** A piece of a statement as SQLite takes it apart. @param text as it stands there */
record SqlToken(Kind kind, String text, int from) {
    /** What it can be. */
    enum Kind {
        /** A keyword, or a name without quotes. */
        WORD,
        /** A name in quotes. */
        QUOTED,
        /** A text in quotes, which SQLite takes for a name where it needs one. */
        STRING,
        SEMICOLON,
        OTHER
    }

    boolean word(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    boolean sign(String other) {
        return kind == Kind.OTHER && text.equals(other);
    }

    /** In lower case and without its quotes. */
    String name() {
        var plain = switch (kind) {
            case QUOTED, STRING -> text.length() < 2 ? "" : text.substring(1, text.length() - 1);
            case WORD, SEMICOLON, OTHER -> text;
        };
        return plain.toLowerCase(Locale.ROOT);
    }
}
