package io.triport.identity.handler;

import io.triport.domain.request.Method;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The handlers of a program, the more particular paths first. Safe for many threads. */
public final class FetchRoutes {
    private final List<OnFetch> handlers;

    /** @throws IllegalArgumentException where two have the same method and path */
    public FetchRoutes(List<OnFetch> handlers) {
        this.handlers = handlers.stream()
                .sorted(Comparator.comparing(OnFetch::path)
                        .thenComparing(handler -> handler.method().equals(Method.GET)))
                .toList();
        var seen = new HashSet<String>();
        for (var handler : handlers) {
            if (!seen.add(handler.name())) {
                throw new IllegalArgumentException("handler: " + handler.name() + " (expected: once)");
            }
        }
    }

    /** Which handler a request has. */
    public sealed interface Match {}

    /** @param variables of the path, as they were sent */
    public record Found(OnFetch handler, Map<String, String> variables) implements Match {}

    /** @param allowed methods that would do, as the {@code Allow} field has them */
    public record WrongMethod(String allowed) implements Match {}

    /** No handler has the path. */
    public record Unknown() implements Match {}

    /** A HEAD is for the handler of GET (RFC 9110 section 9.3.2), unless there is one of its own. @param path as it was sent, without what stands before all */
    public Match find(Method method, String path) {
        if (!path.startsWith("/")) {
            // What is left of the path that stands before all, asked for without a slash behind it.
            return new Unknown();
        }
        var parts = path.substring(1).split("/", -1);
        var allowed = new TreeSet<String>();
        for (var handler : handlers) {
            var variables = handler.path().match(parts);
            if (variables.isPresent() && answers(handler, method)) {
                return new Found(handler, variables.get());
            }
            if (variables.isPresent()) {
                allowed.add(handler.method().text());
            }
        }
        return allowed.isEmpty() ? new Unknown() : new WrongMethod(String.join(", ", allowed));
    }

    /** Those of GET come behind those of HEAD for the same path. */
    private static boolean answers(OnFetch handler, Method method) {
        return handler.method().equals(method)
                || method.equals(Method.HEAD) && handler.method().equals(Method.GET);
    }

    /** All of them, in the order in which they are looked through. */
    public List<OnFetch> handlers() {
        return handlers;
    }
}
