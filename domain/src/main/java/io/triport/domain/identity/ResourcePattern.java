package io.triport.domain.identity;

/** Containers that a permission is about: one by its exact title, or all. */
public sealed interface ResourcePattern {
    boolean matches(String container);

    static ResourcePattern all() {
        return new All();
    }

    static ResourcePattern exactly(String container) {
        return new Exactly(container);
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
}
