package io.triport.domain.identity;

import java.util.Set;

/** Containers that a permission is about: one by its exact title, those of a pattern, or all, and maybe some of them not. */
public sealed interface ResourcePattern {
    boolean matches(String container);

    static ResourcePattern all() {
        return new All();
    }

    static ResourcePattern exactly(String container) {
        return new Exactly(container);
    }

    static ResourcePattern like(Glob titles) {
        return new Like(titles);
    }

    /** What a pattern matches, less some containers by their exact titles. */
    static ResourcePattern except(ResourcePattern pattern, Set<String> containers) {
        return containers.isEmpty() ? pattern : new Except(pattern, containers);
    }

    record All() implements ResourcePattern {
        @Override
        public boolean matches(String container) {
            return true;
        }
    }

    record Exactly(String container) implements ResourcePattern {
        @Override
        public boolean matches(String candidate) {
            return container.equals(candidate);
        }
    }

    record Like(Glob titles) implements ResourcePattern {
        @Override
        public boolean matches(String candidate) {
            return titles.matches(candidate);
        }
    }

    record Except(ResourcePattern pattern, Set<String> containers) implements ResourcePattern {
        public Except {
            containers = Set.copyOf(containers);
        }

        @Override
        public boolean matches(String candidate) {
            return pattern.matches(candidate) && !containers.contains(candidate);
        }
    }
}
