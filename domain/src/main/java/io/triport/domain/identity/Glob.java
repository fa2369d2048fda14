package io.triport.domain.identity;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of text: {@code *} is any run of characters, {@code ?} is one. Text that came from elsewhere, such as a claim, goes in
 * as a {@link Literal} and has no special meaning there.
 */
public record Glob(List<Part> parts) {
    /** A piece of a pattern. */
    public sealed interface Part {}

    /** Just this text. */
    public record Literal(String text) implements Part {}

    /** Any characters, also none. */
    public record Run() implements Part {}

    /** Any one character. */
    public record One() implements Part {}

    public Glob {
        parts = List.copyOf(parts);
    }

    /** Reads a pattern as a person writes it. */
    public static Glob parse(String pattern) {
        var parts = new ArrayList<Part>();
        var literal = new StringBuilder();
        for (var i = 0; i < pattern.length(); i++) {
            var character = pattern.charAt(i);
            if (character == '*' || character == '?') {
                if (!literal.isEmpty()) {
                    parts.add(new Literal(literal.toString()));
                    literal.setLength(0);
                }
                parts.add(character == '*' ? new Run() : new One());
            } else {
                literal.append(character);
            }
        }
        if (!literal.isEmpty()) {
            parts.add(new Literal(literal.toString()));
        }
        return new Glob(parts);
    }

    /** Takes time in proportion to the text's length times that of the pattern at most. */
    public boolean matches(String text) {
        var part = 0;
        var at = 0;
        var run = -1;
        var resume = 0;
        while (at < text.length() || part < parts.size()) {
            if (part < parts.size()) {
                if (parts.get(part) instanceof Run) {
                    run = part++;
                    resume = at;
                    continue;
                }
                var end = end(parts.get(part), text, at);
                if (end >= 0) {
                    at = end;
                    part++;
                    continue;
                }
            }
            if (run < 0 || resume >= text.length()) {
                return false;
            }
            resume = text.offsetByCodePoints(resume, 1);
            at = resume;
            part = run + 1;
        }
        return true;
    }

    /** Where a part ends that begins in the text at the position; -1 where it does not. */
    private static int end(Part part, String text, int at) {
        return switch (part) {
            case Literal literal ->
                text.startsWith(literal.text(), at) ? at + literal.text().length() : -1;
            case One one -> at < text.length() ? text.offsetByCodePoints(at, 1) : -1;
            case Run run -> at;
        };
    }

    /** The pattern as a person writes it, where no literal has one of its signs. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var part : parts) {
            text.append(
                    switch (part) {
                        case Literal literal -> literal.text();
                        case Run run -> "*";
                        case One one -> "?";
                    });
        }
        return text.toString();
    }
}
