package io.triport.e2e.bench;

import java.nio.charset.StandardCharsets;

/** What is measured, each at about 1 KiB of payload. */
enum Operation {
    GET("get", "nothing: the value was; the nonce was with the operating system"),
    PUT("put", "the value: its commit was synced; the nonce was with the operating system"),
    LIST("list", "nothing: the keys were; the nonce was with the operating system");

    /** Together with the quotes around it 1 KiB of JSON. */
    private static final String VALUE = "v".repeat(1022);

    /** So many names in an answer make it 1 KiB. */
    private static final int NAMES = 40;

    private final String wireName;
    private final String durable;

    Operation(String wireName, String durable) {
        this.wireName = wireName;
        this.durable = durable;
    }

    String wireName() {
        return wireName;
    }

    /** What was durable when the answer left. */
    String durable() {
        return durable;
    }

    String path() {
        return "/zin/kv/" + wireName;
    }

    byte[] body(String namespace, int index) {
        var key = "bench:%08d".formatted(index);
        var json = switch (this) {
            case GET -> "{\"namespace\":\"%s\",\"key\":\"%s\",\"type\":\"json\"}".formatted(namespace, key);
            case PUT -> "{\"namespace\":\"%s\",\"key\":\"%s\",\"value\":\"%s\"}".formatted(namespace, key, VALUE);
            case LIST ->
                "{\"namespace\":\"%s\",\"prefix\":\"%s\",\"limit\":%d}"
                        .formatted(namespace, key.substring(0, key.length() - 3), NAMES);
        };
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
