package io.triport.gateway.route;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The routes of one host by segments of their paths. Filled by one thread, then only read. */
final class PathTree<R> {
    private final Node<R> root = new Node<>("", null);

    /** The routes that have this very path. */
    List<Routes.Entry<R>> bucket(PathPattern path) {
        var node = root;
        for (var segment : path.segments()) {
            node = node.childOrNew(segment);
        }
        return path.kind() == PathPattern.Kind.EXACT ? node.exact : node.prefix;
    }

    void sort() {
        root.sort();
    }

    /** The deepest node on the way of a path, and whether it is the path's own. */
    Place<R> deepest(String path) {
        var node = root;
        var from = 1;
        while (from <= path.length()) {
            var slash = path.indexOf('/', from);
            var end = slash < 0 ? path.length() : slash;
            var next = node.child(path, from, end);
            if (next == null) {
                return new Place<>(node, false);
            }
            node = next;
            from = end + 1;
        }
        return new Place<>(node, true);
    }

    record Place<R>(Node<R> node, boolean whole) {}

    /** A path and what begins there. Children lie in a table of their own that is asked with a part of a path, uncopied. */
    static final class Node<R> {
        private static final int SPARSE = 2;
        private static final int FEWEST = 4;

        final @Nullable Node<R> parent;
        final List<Routes.Entry<R>> exact = new ArrayList<>(0);
        final List<Routes.Entry<R>> prefix = new ArrayList<>(0);
        private final String segment;
        private final int hash;
        private final List<Node<R>> children = new ArrayList<>(0);
        private int[] table = new int[0];

        Node(String segment, @Nullable Node<R> parent) {
            this.segment = segment;
            this.hash = hash(segment, 0, segment.length());
            this.parent = parent;
        }

        Node<R> childOrNew(String name) {
            var found = child(name, 0, name.length());
            if (found != null) {
                return found;
            }
            var made = new Node<>(name, this);
            children.add(made);
            if (children.size() * SPARSE > table.length) {
                rebuild(Math.max(FEWEST, table.length * SPARSE));
            } else {
                enter(children.size() - 1);
            }
            return made;
        }

        @Nullable
        Node<R> child(String path, int from, int end) {
            if (table.length == 0) {
                return null;
            }
            var wanted = hash(path, from, end);
            var mask = table.length - 1;
            for (var slot = wanted & mask; table[slot] != 0; slot = slot + 1 & mask) {
                var node = children.get(table[slot] - 1);
                if (node.hash == wanted && node.segment.length() == end - from && path.startsWith(node.segment, from)) {
                    return node;
                }
            }
            return null;
        }

        private void sort() {
            exact.sort(Routes.moreConditionsFirst());
            prefix.sort(Routes.moreConditionsFirst());
            children.forEach(Node::sort);
        }

        private void rebuild(int size) {
            table = new int[size];
            for (var i = 0; i < children.size(); i++) {
                enter(i);
            }
        }

        private void enter(int index) {
            var mask = table.length - 1;
            var slot = children.get(index).hash & mask;
            while (table[slot] != 0) {
                slot = slot + 1 & mask;
            }
            table[slot] = index + 1;
        }

        private static int hash(String text, int from, int end) {
            var hash = 0;
            for (var at = from; at < end; at++) {
                hash = 31 * hash + text.charAt(at);
            }
            return hash ^ hash >>> 16;
        }
    }
}
