package io.triport.identity.handler;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path with places for variables, such as {@code /api/keys/{ns}/{key}}. A place takes one part between slashes, which must not
 * be empty and is decoded once; the last may be {@code {name...}} and then takes all that follows, slashes included.
 */
public final class PathPattern implements Comparable<PathPattern> {
    /*
     * Which of two comes first. From the left, written text before a variable, a variable before the rest: so that a list is
     * found before a key of that name.
     */
    private final String text;
    private final List<Part> parts;
    private final String rank;

    private record Part(Kind kind, String text) {}

    private enum Kind {
        WRITTEN,
        VARIABLE,
        REST
    }

    private PathPattern(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
        this.rank = parts.stream()
                .map(part -> Integer.toString(part.kind().ordinal()))
                .reduce("", String::concat);
    }

    public static PathPattern of(String text) {
        var parts = Arrays.stream(text.substring(1).split("/", -1))
                .map(PathPattern::part)
                .toList();
        return new PathPattern(text, parts);
    }

    private static Part part(String text) {
        if (!text.startsWith("{")) {
            return new Part(Kind.WRITTEN, text);
        }
        return text.endsWith("...}")
                ? new Part(Kind.REST, text.substring(1, text.length() - 4))
                : new Part(Kind.VARIABLE, text.substring(1, text.length() - 1));
    }

    /** The variables as they were sent, not decoded yet; empty where the path is another. @param path the part between slashes */
    public Optional<Map<String, String>> match(String[] path) {
        var rest = !parts.isEmpty() && parts.getLast().kind() == Kind.REST;
        if (rest ? path.length < parts.size() : path.length != parts.size()) {
            return Optional.empty();
        }
        var variables = new HashMap<String, String>();
        for (var i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            switch (part.kind()) {
                case WRITTEN -> {
                    if (!part.text().equals(path[i])) {
                        return Optional.empty();
                    }
                }
                case VARIABLE -> {
                    if (path[i].isEmpty()) {
                        return Optional.empty();
                    }
                    variables.put(part.text(), path[i]);
                }
                case REST ->
                    variables.put(
                            part.text(), String.join("/", Arrays.asList(path).subList(i, path.length)));
            }
        }
        return Optional.of(variables);
    }

    @Override
    public int compareTo(PathPattern other) {
        var byRank = rank.compareTo(other.rank);
        return byRank != 0 ? byRank : text.compareTo(other.text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathPattern that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
