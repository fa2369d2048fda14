package io.triport.storage.endpoint;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The head of an answer. Not changed by anybody. */
public record Head(int status, HttpHeaders all) {
    private static final int FIRST_GOOD = 200;
    private static final int LAST_GOOD = 299;

    /** The first field of that name. */
    public Optional<String> field(String name) {
        return Optional.ofNullable(all.get(name));
    }

    /** All fields, in their order. */
    public List<Map.Entry<String, String>> fields() {
        return all.entries();
    }

    public boolean good() {
        return status >= FIRST_GOOD && status <= LAST_GOOD;
    }
}
