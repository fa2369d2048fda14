package io.triport.e2e.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Looks for bytes that break a rule, each target for a minute. What it finds it puts beside the bytes it began with. */
final class TargetFuzzTest {
    private static final String LONGEST = "60s";

    @FuzzTest(maxDuration = LONGEST)
    void zin_headers(byte[] bytes) {
        FuzzTarget.ZIN_HEADERS.accept(bytes);
    }

    @FuzzTest(maxDuration = LONGEST)
    void key_map_json(byte[] bytes) {
        FuzzTarget.KEY_MAP_JSON.accept(bytes);
    }

    @FuzzTest(maxDuration = LONGEST)
    void key_map_yaml(byte[] bytes) {
        FuzzTarget.KEY_MAP_YAML.accept(bytes);
    }

    @FuzzTest(maxDuration = LONGEST)
    void kv_body(byte[] bytes) {
        FuzzTarget.KV_BODY.accept(bytes);
    }

    @FuzzTest(maxDuration = LONGEST)
    void framing(byte[] bytes) {
        FuzzTarget.FRAMING.accept(bytes);
    }

    @FuzzTest(maxDuration = LONGEST)
    void cidr(byte[] bytes) {
        FuzzTarget.CIDR.accept(bytes);
    }

    @FuzzTest(maxDuration = LONGEST)
    void cursor(byte[] bytes) {
        FuzzTarget.CURSOR.accept(bytes);
    }

    @FuzzTest(maxDuration = LONGEST)
    void target(byte[] bytes) {
        FuzzTarget.TARGET.accept(bytes);
    }

    @FuzzTest(maxDuration = LONGEST)
    void sigv4_headers(byte[] bytes) {
        FuzzTarget.SIGV4_HEADERS.accept(bytes);
    }

    @FuzzTest(maxDuration = LONGEST)
    void jwt(byte[] bytes) {
        FuzzTarget.JWT.accept(bytes);
    }

    @FuzzTest(maxDuration = LONGEST)
    void sealed_token(byte[] bytes) {
        FuzzTarget.SEALED_TOKEN.accept(bytes);
    }

    @FuzzTest(maxDuration = LONGEST)
    void xml_body(byte[] bytes) {
        FuzzTarget.XML_BODY.accept(bytes);
    }

    @FuzzTest(maxDuration = LONGEST)
    void import_body(byte[] bytes) {
        FuzzTarget.IMPORT_BODY.accept(bytes);
    }

    @FuzzTest(maxDuration = LONGEST)
    void tag_filter(byte[] bytes) {
        FuzzTarget.TAG_FILTER.accept(bytes);
    }

    @FuzzTest(maxDuration = LONGEST)
    void routing(byte[] bytes) {
        FuzzTarget.ROUTING.accept(bytes);
    }
}
