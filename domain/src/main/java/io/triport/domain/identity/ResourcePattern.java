package io.triport.domain.identity;

/** Containers that a permission is about: one by its exact title, those of a pattern, or all. */
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
}
