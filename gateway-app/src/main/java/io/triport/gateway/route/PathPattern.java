package io.triport.gateway.route;

import io.triport.domain.request.InvalidInput;
import java.util.List;

/**
 * The paths of a route: one alone, or one and all below it. Written {@code =/exact} and {@code /prefix}; percent-encoding is
 * not part of it, because it is compared with decoded paths.
 *
 * @param segments as they stand between slashes; none for the prefix of everything
 */
public record PathPattern(Kind kind, List<String> segments) {
    /** What a pattern takes in. */
    public enum Kind {
        EXACT,
        PREFIX
    }

    public PathPattern {
        segments = List.copyOf(segments);
    }

    /** @throws InvalidInput for a text that no accepted path could match */
    public static PathPattern parse(String text) {
        var exact = text.startsWith("=");
        var path = exact ? text.substring(1) : text;
        if (path.indexOf('%') >= 0 || RequestPath.read(path).isEmpty()) {
            throw new InvalidInput("path", "/prefix or =/exact, not encoded, without dot or empty segments");
        }
        if (exact) {
            return new PathPattern(Kind.EXACT, split(path));
        }
        if (path.length() > 1 && path.endsWith("/")) {
            throw new InvalidInput("path", "a prefix without a slash at its end");
        }
        return new PathPattern(Kind.PREFIX, path.equals("/") ? List.of() : split(path));
    }

    private static List<String> split(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    @Override
    public String toString() {
        return (kind == Kind.EXACT ? "=/" : "/") + String.join("/", segments);
    }
}
