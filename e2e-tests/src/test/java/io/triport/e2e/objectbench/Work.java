package io.triport.e2e.objectbench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is asked for, over and over. */
enum Work {
    GET_1K("GET 1 KiB", Kind.GET, "bench", 1024),
    PUT_1K("PUT 1 KiB", Kind.PUT, "bulk", 1024),
    GET_1M("GET 1 MiB", Kind.GET, "bulk", Work.MIB),
    PUT_1M("PUT 1 MiB", Kind.PUT, "bulk", Work.MIB),
    GET_64M("GET 64 MiB", Kind.GET, "bulk", 64 * Work.MIB),
    PUT_64M("PUT 64 MiB", Kind.PUT, "bulk", 64 * Work.MIB),
    LIST("LIST 1000", Kind.LIST, "bench", 0),
    PASS_1M("GET 1 MiB of an upstream", Kind.GET, "files", Work.MIB),
    PASS_64M("GET 64 MiB of an upstream", Kind.GET, "files", 64 * Work.MIB);

    static final int MIB = 1 << 20;

    private static final int MEDIUM = 64;
    private static final int LARGE = 4;
    private static final int REPLACED = 10_000;

    private final String title;
    private final Kind kind;
    private final String bucket;
    private final int bytes;

    Work(String title, Kind kind, String bucket, int bytes) {
        this.title = title;
        this.kind = kind;
        this.bucket = bucket;
        this.bytes = bytes;
    }

    enum Kind {
        GET,
        PUT,
        LIST
    }

    static Work parse(String word) {
        return Arrays.stream(values())
                .filter(work -> work.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--only " + word + " (expected: "
                        + Arrays.stream(values()).map(Work::word).collect(Collectors.joining(", ")) + ")"));
    }

    /** For command lines, such as {@code get-1k}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String title() {
        return title;
    }

    Kind kind() {
        return kind;
    }

    String bucket() {
        return bucket;
    }

    /** Of one object; of a listing, 0. */
    int bytes() {
        return bytes;
    }

    /** Whether the bytes only pass the proxy on their way from somewhere else. */
    boolean passes() {
        return bucket.equals("files");
    }

    /** How many objects it goes over. @param small how many of 1 KiB there are */
    int keys(int small) {
        return switch (this) {
            case GET_1K, LIST -> small;
            case PUT_1K -> Math.min(small, REPLACED);
            case GET_1M, PUT_1M, PASS_1M -> MEDIUM;
            case GET_64M, PASS_64M -> LARGE;
            // Several of a kind at once would replace each other while they are written.
            case PUT_64M -> ObjectBench.CONNECTIONS;
        };
    }

    /** The name of an object within its bucket. */
    String key(int index) {
        var area = kind == Kind.PUT ? "put" : "get";
        return "%s/%d/%08d".formatted(area, bytes == 0 ? GET_1K.bytes : bytes, index);
    }
}
