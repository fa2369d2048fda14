package io.triport.e2e.planted.rule13;

import java.util.Optional;

/** Planted: an open class in a package without {@code @NullMarked}, whose state anybody changes. */
class Open {
    static int calls;

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // planted
    private final Optional<String> name = Optional.empty();

    public int count;

    int nameLength() {
        return name.map(String::length).orElse(0) + calls;
    }
}
