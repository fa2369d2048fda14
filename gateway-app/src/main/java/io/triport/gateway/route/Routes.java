package io.triport.gateway.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Routes by host and path. Immutable. @param <R> what a route is to its owner */
public final class Routes<R> {
    /*
     * Order of choice
     *
     * The exact host, then the longest wildcard, then routes for any host; there the exact path, then the longest prefix;
     * there the route with more conditions on headers; then the order of the file. The first of these that takes the
     * request is the one. No step walks through routes that have another host or path.
     */
    private final Map<String, PathTree<R>> exactHosts = new HashMap<>();
    private final Map<String, PathTree<R>> wildcards = new HashMap<>();
    private final PathTree<R> anyHost = new PathTree<>();

    private Routes() {}

    /** One route to be indexed. */
    public record Entry<R>(String id, RouteMatch match, R route) {}

    /** Two routes that are never told apart, or one that no request reaches. */
    public record Overlap(String winner, String loser) {}

    /**
     * @param same hears of each route that is identical with an earlier one in all that is matched
     * @param shadowed hears of each route that no request can take
     */
    public static <R> Routes<R> of(List<Entry<R>> entries, Consumer<Overlap> same, Consumer<Overlap> shadowed) {
        var routes = new Routes<R>();
        for (var entry : entries) {
            routes.add(entry, same, shadowed);
        }
        routes.sort();
        return routes;
    }

    private void add(Entry<R> entry, Consumer<Overlap> same, Consumer<Overlap> shadowed) {
        var hosts = entry.match().hosts();
        var trees = hosts.isEmpty()
                ? List.of(anyHost)
                : hosts.stream().map(this::tree).toList();
        var covered = 0;
        var winner = "";
        for (var tree : trees) {
            var bucket = tree.bucket(entry.match().path());
            for (var earlier : bucket) {
                if (earlier.match().methods().equals(entry.match().methods())
                        && earlier.match().headers().equals(entry.match().headers())) {
                    same.accept(new Overlap(earlier.id(), entry.id()));
                }
            }
            var before = bucket.stream()
                    .filter(earlier ->
                            earlier.match().headers().equals(entry.match().headers())
                                    && entry.match().within(earlier.match()))
                    .findFirst();
            if (before.isPresent()) {
                covered++;
                winner = before.get().id();
            }
            bucket.add(entry);
        }
        if (covered == trees.size()) {
            shadowed.accept(new Overlap(winner, entry.id()));
        }
    }

    private PathTree<R> tree(String host) {
        return host.startsWith("*.")
                ? wildcards.computeIfAbsent(host.substring(2), suffix -> new PathTree<>())
                : exactHosts.computeIfAbsent(host, name -> new PathTree<>());
    }

    private void sort() {
        anyHost.sort();
        exactHosts.values().forEach(PathTree::sort);
        wildcards.values().forEach(PathTree::sort);
    }

    /** The route of a request, the methods that would have had one, or neither. */
    public Match<R> find(RouteQuery query) {
        var search = new Search(query);
        var host = query.host();
        var found = search.in(exactHosts.get(host));
        for (var dot = host.indexOf('.'); found == null && dot >= 0; dot = host.indexOf('.', dot + 1)) {
            found = wildcards.isEmpty() ? null : search.in(wildcards.get(host.substring(dot + 1)));
        }
        if (found == null) {
            found = search.in(anyHost);
        }
        if (found != null) {
            return new Match.Found<>(found);
        }
        return search.otherMethods.isEmpty() ? new Match.None<>() : new Match.OtherMethod<>(search.otherMethods);
    }

    /** The routes whose host and path hold, whatever the method and the headers, in the order of choice. */
    public List<R> atPath(String host, String path) {
        var found = new ArrayList<R>();
        var query = new RouteQuery() {
            @Override
            public String host() {
                return host;
            }

            @Override
            public String path() {
                return path;
            }

            @Override
            public String method() {
                return "";
            }

            @Override
            public String header(String name) {
                return "";
            }
        };
        var search = new Search(query);
        search.collect = found;
        search.in(exactHosts.get(host));
        for (var dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            search.in(wildcards.get(host.substring(dot + 1)));
        }
        search.in(anyHost);
        return found;
    }

    /** What was found. */
    public sealed interface Match<R> {
        record Found<R>(R route) implements Match<R> {}

        /** @param allowed for the {@code Allow} field */
        record OtherMethod<R>(List<String> allowed) implements Match<R> {}

        record None<R>() implements Match<R> {}
    }

    /** One look through the trees. */
    private final class Search {
        private final RouteQuery query;
        private List<String> otherMethods = List.of();
        private @Nullable List<R> collect;

        private Search(RouteQuery query) {
            this.query = query;
        }

        private @Nullable R in(@Nullable PathTree<R> tree) {
            if (tree == null) {
                return null;
            }
            var node = tree.deepest(query.path());
            var found = node.whole() ? among(node.node().exact) : null;
            for (var at = node.node(); found == null && at != null; at = at.parent) {
                found = among(at.prefix);
            }
            return found;
        }

        private @Nullable R among(List<Entry<R>> bucket) {
            for (var i = 0; i < bucket.size(); i++) {
                var entry = bucket.get(i);
                if (collect != null) {
                    collect.add(entry.route());
                } else if (entry.match().takes(query)) {
                    if (entry.match().takes(query.method())) {
                        return entry.route();
                    }
                    var methods = new TreeSet<>(otherMethods);
                    methods.addAll(entry.match().methods());
                    otherMethods = List.copyOf(methods);
                }
            }
            return null;
        }
    }

    /** More conditions first; the sort is stable, so the file's order stays among equals. */
    static <R> Comparator<Entry<R>> moreConditionsFirst() {
        return Comparator.comparingInt(entry -> -entry.match().headers().size());
    }
}
