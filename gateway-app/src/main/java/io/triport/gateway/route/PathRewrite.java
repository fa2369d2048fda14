package io.triport.gateway.route;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.triport.domain.request.InvalidInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the path changes on its way to the upstream: a prefix taken away, another put in front, then a pattern replaced. */
public final class PathRewrite {
    /** Leaves the path alone. */
    public static final PathRewrite NONE = new PathRewrite(List.of(), "", null, "");

    private final List<String> strip;
    private final String add;
    private final @Nullable Pattern pattern;
    private final String replacement;

    private PathRewrite(List<String> strip, String add, @Nullable Pattern pattern, String replacement) {
        this.strip = List.copyOf(strip);
        this.add = add;
        this.pattern = pattern;
        this.replacement = replacement;
    }

    /**
     * @param strip a prefix, taken away where the path has it
     * @param add without a slash at its end, or empty
     * @throws InvalidInput when one of the two is no path
     */
    public static PathRewrite of(PathPattern strip, String add) {
        if (!add.isEmpty() && (add.endsWith("/") || RequestPath.read(add).isEmpty())) {
            throw new InvalidInput("add", "a path without a slash at its end");
        }
        return new PathRewrite(strip.segments(), add, null, "");
    }

    /**
     * The same, with a pattern replaced at the end.
     *
     * @param regex RE2 syntax, which matches in linear time. @param with may have {@code $1} for a group
     * @throws InvalidInput when the pattern is none, or a group does not exist
     */
    public PathRewrite replacing(String regex, String with) {
        try {
            var compiled = Pattern.compile(regex);
            compiled.matcher("").reset("/").replaceAll(with);
            for (var at = with.indexOf('$'); at >= 0 && at + 1 < with.length(); at = with.indexOf('$', at + 1)) {
                if (Character.digit(with.charAt(at + 1), 10) > compiled.groupCount()) {
                    throw new InvalidInput("replace", "groups that the pattern has");
                }
            }
            return new PathRewrite(strip, add, compiled, with);
        } catch (PatternSyntaxException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new InvalidInput("replace", "a regular expression of RE2");
        }
    }

    /** The path for the upstream, in the encoding of the request; empty when what came out is no path that may be sent. */
    public String apply(RequestPath path) {
        if (strip.isEmpty() && add.isEmpty() && pattern == null) {
            return path.raw();
        }
        var rest = stripped(path);
        var whole = add.isEmpty() ? rest : rest.equals("/") ? add : add + rest;
        if (pattern == null) {
            return whole;
        }
        var replaced = pattern.matcher(whole).replaceAll(replacement);
        return RequestPath.read(replaced).isPresent() ? replaced : "";
    }

    private String stripped(RequestPath path) {
        var decodedAt = 0;
        var rawAt = 0;
        for (var segment : strip) {
            if (!hasSegment(path.decoded(), decodedAt, segment)) {
                return path.raw();
            }
            decodedAt += 1 + segment.length();
            var slash = path.raw().indexOf('/', rawAt + 1);
            rawAt = slash < 0 ? path.raw().length() : slash;
        }
        return rawAt == path.raw().length() ? "/" : path.raw().substring(rawAt);
    }

    private static boolean hasSegment(String path, int slash, String segment) {
        var end = slash + 1 + segment.length();
        return path.startsWith(segment, slash + 1)
                && (end == path.length() || path.charAt(end) == '/')
                && slash < path.length();
    }
}
