package io.triport.identity.edge;

import java.util.Locale;

/** The part of the way at which a request was refused; told in the {@code Triport-Layer} header. */
public enum Layer {
    REQUEST,
    IDENTITY,
    STORAGE;

    public static final String HEADER = "Triport-Layer";

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
