package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KeyDetailsTest {
    @Test
    void a_listing_tells_sizes_and_tags_to_those_who_ask_for_details() {
        try (var manager = ManagerUnderTest.start()) {
            var ns = manager.send("POST", "/api/namespaces", "{\"title\":\"details\"}")
                    .result()
                    .path("id")
                    .asText();
            manager.send("PUT", "/api/keys/" + ns + "/k", "{\"value\":\"four\"}");
            manager.send("PUT", "/api/metadata/" + ns + "/k", "{\"tags\":[\"t\"]}");

            var plain =
                    manager.send("GET", "/api/keys/" + ns + "/list").result().path("keys");
            var detailed = manager.send("GET", "/api/keys/" + ns + "/list?details=true")
                    .result()
                    .path("keys");

            assertThat(plain.path(0).has("size")).isFalse();
            assertThat(detailed.path(0).path("size").asInt()).isEqualTo(4);
            assertThat(detailed.path(0).path("tags").path(0).asText()).isEqualTo("t");
            assertThat(detailed.path(0).path("updated_at").asText()).endsWith("Z");
        }
    }

    @Test
    void an_empty_listing_has_no_details() {
        try (var manager = ManagerUnderTest.start()) {
            var ns = manager.send("POST", "/api/namespaces", "{\"title\":\"empty\"}")
                    .result()
                    .path("id")
                    .asText();

            assertThat(manager.send("GET", "/api/keys/" + ns + "/list?details=true")
                            .status())
                    .isEqualTo(200);
        }
    }
}
