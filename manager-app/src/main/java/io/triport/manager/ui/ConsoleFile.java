package io.triport.manager.ui;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import java.util.Locale;
import java.util.Map;

/**
 * A file as it is sent.
 *
 * @param packed its other forms by the name that HTTP gives their encoding
 * @param lasting whether its name changes whenever its bytes do, so that it may be kept for ever
 */
record ConsoleFile(String contentType, Bytes plain, Map<String, Bytes> packed, String tag, boolean lasting) {
    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "png", "image/png",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8",
            "webp", "image/webp");

    private static final String ASSETS = "assets/";

    ConsoleFile {
        packed = Map.copyOf(packed);
    }

    static ConsoleFile of(String name, Bytes plain, Map<String, Bytes> packed) {
        var ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return new ConsoleFile(
                TYPES.getOrDefault(ending, "application/octet-stream"),
                plain,
                packed,
                Sha256.hex(plain.toByteArray()).substring(0, 32),
                name.startsWith(ASSETS));
    }
}
