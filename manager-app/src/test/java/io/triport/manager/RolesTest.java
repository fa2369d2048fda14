package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.request.Bytes;
import io.triport.identity.launch.StartMode;
import io.triport.manager.ManagerUnderTest.Answer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Roles for some namespaces and some keys. */
final class RolesTest {
    private final ManagerUnderTest manager =
            ManagerUnderTest.start("triport: {}", Clock.systemUTC(), StartMode.Credentials.DEVELOPMENT);

    private String shop = "";
    private String other = "";

    @AfterEach
    void stop() {
        manager.close();
    }

    @BeforeEach
    void fill() {
        shop = namespace("shop-a");
        other = namespace("other");
        for (var name : List.of("cart:1", "cart:2", "cartoon", "user:1")) {
            put(shop, name);
        }
        put(other, "cart:9");
    }

    private String namespace(String title) {
        return manager.send("POST", "/api/namespaces", "{\"title\":\"" + title + "\"}")
                .result()
                .path("id")
                .asText();
    }

    private void put(String namespace, String key) {
        assertThat(manager.send("PUT", "/api/keys/" + namespace + "/" + key, "{\"value\":\"four\"}")
                        .status())
                .isEqualTo(200);
    }

    /** A caller with a key for a part. */
    private record Somebody(ManagerUnderTest manager, String id, String bearer) {
        Answer send(String method, String target, String body) {
            return manager.send(method, target, Map.of("Authorization", "Bearer " + bearer), Bytes.utf8(body));
        }

        Answer get(String target) {
            return send("GET", target, "");
        }
    }

    private Somebody with(String role, String namespaces, String prefixes) {
        var made = manager.send(
                        "POST",
                        "/api/api-keys",
                        "{\"name\":\"ci\",\"role\":\"%s\",\"namespaces\":\"%s\",\"key_prefixes\":%s}"
                                .formatted(role, namespaces, prefixes))
                .result();
        return new Somebody(manager, made.path("id").asText(), made.path("key").asText());
    }

    private static List<String> names(JsonNode list, String field) {
        var names = new ArrayList<String>();
        list.forEach(item -> names.add(item.path(field).asText()));
        return names;
    }

    @Test
    void a_namespace_that_somebody_may_not_see_is_not_there() {
        var somebody = with("admin", "shop-*", "[]");

        assertThat(names(somebody.get("/api/namespaces").result(), "title")).containsExactly("shop-a");
        assertThat(somebody.get("/api/keys/" + other + "/list").code()).isEqualTo("namespace_not_found");
        assertThat(somebody.get("/api/namespaces/" + other + "/info").status()).isEqualTo(404);
        assertThat(somebody.send("DELETE", "/api/namespaces/" + other, "").status())
                .isEqualTo(404);
        assertThat(somebody.get("/api/search?query=cart").header("X-Total-Count"))
                .isEqualTo("3");
        assertThat(somebody.send("POST", "/api/namespaces", "{\"title\":\"shop-b\"}")
                        .status())
                .isEqualTo(200);
        assertThat(somebody.send("POST", "/api/namespaces", "{\"title\":\"elsewhere\"}")
                        .code())
                .isEqualTo("forbidden");
        assertThat(somebody.get("/api/api-keys").code()).isEqualTo("forbidden");
        assertThat(somebody.get("/api/roles").code()).isEqualTo("forbidden");
        assertThat(somebody.get("/api/webhooks").code()).isEqualTo("forbidden");
    }

    @Test
    void lists_and_numbers_are_of_the_own_keys() {
        var somebody = with("editor", "shop-a", "[\"cart:\",\"user:\"]");

        assertThat(names(somebody.get("/api/keys/" + shop + "/list").result().path("keys"), "name"))
                .containsExactly("cart:1", "cart:2", "user:1");
        assertThat(names(
                        somebody.get("/api/keys/" + shop + "/list?prefix=cart")
                                .result()
                                .path("keys"),
                        "name"))
                .containsExactly("cart:1", "cart:2");
        assertThat(somebody.get("/api/keys/" + shop + "/list?prefix=x").result().path("keys"))
                .isEmpty();
        var listed = somebody.get("/api/namespaces").result().path(0);
        assertThat(listed.path("estimated_key_count").asInt()).isEqualTo(3);
        assertThat(listed.path("role").asText()).isEqualTo("editor");
        assertThat(listed.path("key_prefixes").toString()).isEqualTo("[\"cart:\",\"user:\"]");
        var info = somebody.get("/api/namespaces/" + shop + "/info").result();
        assertThat(info.path("total_bytes").asInt()).isEqualTo(12);
        var statistics = somebody.get("/api/namespaces/" + shop + "/stats").result();
        assertThat(statistics.path("key_count").asInt()).isEqualTo(3);
        assertThat(statistics.path("ttl_histogram").path("none").asInt()).isEqualTo(3);
        assertThat(names(statistics.path("top_prefixes"), "prefix")).containsExactly("cart:", "user:");
        assertThat(somebody.get("/api/search").header("X-Total-Count")).isEqualTo("3");
        var dry = somebody.send("POST", "/api/keys/" + shop + "/bulk-delete?dry_run=true", "{\"filter\":{}}");
        assertThat(dry.result().path("total").asInt()).isEqualTo(3);
    }

    @Test
    void a_list_of_several_parts_is_paged_in_byte_order() {
        var somebody = with("viewer", "shop-a", "[\"user:\",\"cart:\"]");
        var seen = new ArrayList<String>();
        var cursor = "";

        for (var more = true; more; ) {
            var page = somebody.get("/api/keys/" + shop + "/list?limit=1&cursor=" + cursor)
                    .result();
            seen.addAll(names(page.path("keys"), "name"));
            cursor = page.path("cursor").asText();
            more = !page.path("list_complete").asBoolean();
        }

        assertThat(seen).containsExactly("cart:1", "cart:2", "user:1");
        assertThat(somebody.get("/api/keys/" + shop + "/list?cursor=own.zz").code())
                .isEqualTo("invalid_argument");
    }

    @Test
    void a_tree_of_several_parts_is_one_level() {
        put(shop, "cart:old:1");
        put(shop, "cart:old:2");
        var somebody = with("viewer", "shop-a", "[\"cart:old:\",\"user:\",\"carto\"]");

        var root = somebody.get("/api/keys/" + shop + "/tree").result();
        var cart = somebody.get("/api/keys/" + shop + "/tree?prefix=cart:").result();

        assertThat(root.path("prefixes").toString())
                .isEqualTo("[{\"prefix\":\"cart:\",\"count\":2},{\"prefix\":\"user:\",\"count\":1}]");
        assertThat(names(root.path("keys"), "name")).containsExactly("cartoon");
        assertThat(cart.path("prefixes").toString()).isEqualTo("[{\"prefix\":\"cart:old:\",\"count\":2}]");
        assertThat(cart.path("keys")).isEmpty();
    }

    @Test
    void a_key_outside_is_refused_whether_it_is_there_or_not() {
        var somebody = with("editor", "shop-a", "[\"cart:\"]");
        var keys = "/api/keys/" + shop + "/";

        for (var key : List.of("user:1", "user:absent")) {
            assertThat(somebody.get(keys + key).code()).isEqualTo("forbidden");
            assertThat(somebody.send("PUT", keys + key, "{\"value\":\"1\"}").code())
                    .isEqualTo("forbidden");
            assertThat(somebody.send("DELETE", keys + key, "").code()).isEqualTo("forbidden");
            assertThat(somebody.get("/api/metadata/" + shop + "/" + key).code()).isEqualTo("forbidden");
            assertThat(somebody.get("/api/versions/" + shop + "/" + key).code()).isEqualTo("forbidden");
            assertThat(somebody.send("POST", keys + "rename", "{\"old_name\":\"cart:1\",\"new_name\":\"" + key + "\"}")
                            .code())
                    .isEqualTo("forbidden");
        }
        assertThat(somebody.send("PUT", keys + "cart:3", "{\"value\":\"1\"}").status())
                .isEqualTo(200);
    }

    @Test
    void a_job_does_what_its_owner_may_do_with_each_key() {
        var somebody = with("editor", "shop-a", "[\"cart:\"]");

        var job = somebody.send("POST", "/api/keys/" + shop + "/bulk-delete", "{\"keys\":[\"cart:1\",\"user:1\"]}")
                .result()
                .path("job_id")
                .asText();
        var row = ended(somebody, job);

        assertThat(row.path("status").asText()).isEqualTo("completed");
        assertThat(row.path("error_count").asInt()).isEqualTo(1);
        assertThat(somebody.get("/api/jobs/" + job + "/errors")
                        .result()
                        .path("errors")
                        .path(0)
                        .path("code")
                        .asText())
                .isEqualTo("forbidden");
        assertThat(manager.send("GET", "/api/keys/" + shop + "/user:1").status())
                .isEqualTo(200);
        assertThat(manager.send("GET", "/api/keys/" + shop + "/cart:1").status())
                .isEqualTo(404);
    }

    @Test
    void an_export_has_the_own_keys_for_as_long_as_they_are() {
        var somebody = with("editor", "shop-a", "[\"cart:\"]");
        var job = somebody.send("POST", "/api/export/" + shop + "?format=ndjson", "")
                .result()
                .path("job_id")
                .asText();
        ended(somebody, job);

        var file = somebody.get("/api/jobs/" + job + "/download");
        assertThat(file.text()).contains("cart:1", "cart:2").doesNotContain("user:1", "cartoon");
        var grant = manager.send("GET", "/api/roles").result().path("grants").path(0);
        manager.send(
                "PUT",
                "/api/roles/" + grant.path("id").asText(),
                "{\"subject\":%s,\"role\":\"editor\",\"namespaces\":\"shop-a\",\"key_prefixes\":[\"cart:1\"]}"
                        .formatted(grant.path("subject")));
        assertThat(somebody.get("/api/jobs/" + job + "/download").code()).isEqualTo("export_not_found");
    }

    private static JsonNode ended(Somebody somebody, String job) {
        while (true) {
            var row = somebody.get("/api/jobs/" + job).result();
            if (!row.path("status").asText().matches("queued|running")) {
                return row;
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void what_cannot_be_divided_is_for_those_who_have_all_of_it() {
        var somebody = with("admin", "shop-a", "[\"cart:\"]");

        assertThat(somebody.send("POST", "/api/r2-backup/" + shop, "").code()).isEqualTo("forbidden");
        var backup = "{\"backupPath\":\"backups/" + shop + "/1.json\"}";
        assertThat(somebody.send("POST", "/api/r2-backup/" + shop + "/verify", backup)
                        .code())
                .isEqualTo("forbidden");
        assertThat(somebody.send("POST", "/api/r2-restore/" + shop + "/preview", backup)
                        .code())
                .isEqualTo("forbidden");
        assertThat(somebody.send("POST", "/api/r2-restore/" + shop, backup).code())
                .isEqualTo("forbidden");
        assertThat(somebody.get("/api/r2-backup/" + shop + "/retention").code()).isEqualTo("forbidden");
        assertThat(somebody.send("PUT", "/api/r2-backup/" + shop + "/retention", "{\"keep\":1}")
                        .code())
                .isEqualTo("forbidden");
        assertThat(somebody.send("POST", "/api/keys/" + shop + "/bulk-r2-copy", "{\"keys\":[\"cart:1\"]}")
                        .code())
                .isEqualTo("forbidden");
        assertThat(somebody.get("/api/r2-objects/" + shop).code()).isEqualTo("forbidden");
        assertThat(somebody.get("/api/r2-objects/" + shop + "/cart:1").code()).isEqualTo("forbidden");
        assertThat(somebody.send("DELETE", "/api/r2-objects/" + shop + "/cart:1", "")
                        .code())
                .isEqualTo("forbidden");
        assertThat(somebody.get("/api/metrics?namespaceId=" + shop).code()).isEqualTo("forbidden");
        assertThat(somebody.get("/api/metrics")
                        .result()
                        .path("summary")
                        .path("namespaceCount")
                        .asInt())
                .isZero();
        assertThat(somebody.send("PATCH", "/api/namespaces/" + shop + "/rename", "{\"title\":\"shop-z\"}")
                        .code())
                .isEqualTo("forbidden");
        assertThat(somebody.send("DELETE", "/api/namespaces/" + shop, "").code())
                .isEqualTo("forbidden");
        assertThat(somebody.send("PUT", "/api/namespaces/" + shop + "/settings", "{\"read_only\":true}")
                        .code())
                .isEqualTo("forbidden");
    }

    @Test
    void an_auditor_of_some_keys_reads_who_changed_these() {
        var somebody = with("auditor", "shop-a", "[\"cart:\"]");

        assertThat(names(somebody.get("/api/audit/" + shop).result(), "key_name"))
                .containsExactly("cart:2", "cart:1");
        assertThat(names(somebody.get("/api/audit/all").result(), "key_name")).containsExactly("cart:2", "cart:1");
        assertThat(somebody.get("/api/audit/" + shop + "/export.csv").text())
                .contains("cart:1")
                .doesNotContain("user:1", "cartoon");
        assertThat(somebody.get("/api/audit/" + other).status()).isEqualTo(404);
        assertThat(somebody.get("/api/keys/" + shop + "/cart:1").code()).isEqualTo("forbidden");
        assertThat(somebody.get("/api/audit/verify").code()).isEqualTo("forbidden");
    }

    @Test
    void a_key_ends_with_its_grant_and_the_other_way_round() {
        var somebody = with("editor", "shop-a", "[\"cart:\"]");
        var grants = manager.send("GET", "/api/roles").result();
        var me = somebody.get("/api/me").result();

        assertThat(me.path("everywhere").asBoolean()).isFalse();
        assertThat(me.path("grants").toString())
                .isEqualTo("[{\"role\":\"editor\",\"namespaces\":\"shop-a\",\"key_prefixes\":[\"cart:\"]}]");
        assertThat(grants.path("enforced").asBoolean()).isFalse();
        manager.send(
                "DELETE",
                "/api/roles/" + grants.path("grants").path(0).path("id").asText());
        assertThat(somebody.get("/api/me").code()).isEqualTo("forbidden");
        with("viewer", "other", "[]");
        manager.send("DELETE", "/api/api-keys/" + somebody.id());
        assertThat(manager.send("GET", "/api/roles").result().path("grants")).hasSize(1);
    }

    @Test
    void nobody_ceases_to_be_an_admin_by_his_own_hand() {
        var admin = manager.send("POST", "/api/api-keys", "{\"name\":\"root\",\"role\":\"admin\"}")
                .result();
        var somebody = new Somebody(
                manager, admin.path("id").asText(), admin.path("key").asText());
        var less = "{\"subject\":{\"type\":\"api_key\",\"name\":\"%s\"},\"role\":\"viewer\"}".formatted(somebody.id());

        assertThat(somebody.send("POST", "/api/roles", less).code()).isEqualTo("would_lock_out");
        assertThat(somebody.get("/api/roles").status()).isEqualTo(200);
        assertThat(manager.send("POST", "/api/roles", less).status()).isEqualTo(201);
        assertThat(somebody.get("/api/roles").code()).isEqualTo("forbidden");
        assertThat(manager.send(
                                "POST",
                                "/api/roles",
                                "{\"subject\":{\"type\":\"user\",\"name\":\"key:ci\"},\"role\":\"viewer\"}")
                        .code())
                .isEqualTo("invalid_argument");
        assertThat(names(manager.send("GET", "/api/audit/all").result(), "operation"))
                .contains("create_role_grant");
    }

    @Test
    void a_read_only_namespace_changes_for_nobody() {
        assertThat(manager.send("PUT", "/api/namespaces/" + shop + "/settings", "{\"read_only\":true}")
                        .result()
                        .path("read_only")
                        .asBoolean())
                .isTrue();
        var keys = "/api/keys/" + shop + "/";

        for (var refused : List.of(
                manager.send("PUT", keys + "cart:1", "{\"value\":\"1\"}"),
                manager.send("DELETE", keys + "cart:1"),
                manager.send("PUT", "/api/metadata/" + shop + "/cart:1", "{\"tags\":[\"t\"]}"),
                manager.send("POST", keys + "bulk-delete", "{\"keys\":[\"cart:1\"]}"),
                manager.send("POST", "/api/import/" + shop, "[]"),
                manager.send("PATCH", "/api/namespaces/" + shop + "/rename", "{\"title\":\"shop-z\"}"),
                manager.send("DELETE", "/api/namespaces/" + shop))) {
            assertThat(refused.code()).isEqualTo("namespace_read_only");
        }
        assertThat(manager.send("GET", keys + "cart:1").status()).isEqualTo(200);
        assertThat(manager.send("GET", "/api/namespaces/" + shop + "/info")
                        .result()
                        .path("read_only")
                        .asBoolean())
                .isTrue();
        manager.send("PUT", "/api/namespaces/" + shop + "/settings", "{\"read_only\":false}");
        assertThat(manager.send("DELETE", keys + "cart:1").status()).isEqualTo(200);
    }

    @Test
    void a_protected_namespace_goes_with_its_title_alone() {
        manager.send("PUT", "/api/namespaces/" + shop + "/settings", "{\"protected\":true}");
        var versions = manager.send(
                        "PUT",
                        "/api/namespaces/" + shop + "/settings",
                        "{\"versioning\":{\"enabled\":true,\"max_versions\":3}}")
                .result();

        assertThat(versions.path("protected").asBoolean()).isTrue();
        assertThat(manager.send("DELETE", "/api/namespaces/" + shop).code()).isEqualTo("confirmation_required");
        assertThat(manager.send("DELETE", "/api/namespaces/" + shop + "?confirm=other")
                        .code())
                .isEqualTo("confirmation_required");
        var cloudflare = "/client/v4/accounts/0123456789abcdef0123456789abcdef/storage/kv/namespaces/";
        assertThat(manager.send("DELETE", cloudflare + shop).status()).isEqualTo(409);
        assertThat(manager.send("DELETE", "/api/namespaces/" + shop + "?confirm=shop-a")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_session_has_the_rights_of_the_key_that_it_was_begun_with() {
        var somebody = with("viewer", "shop-a", "[\"cart:\"]");
        var begun = somebody.send("POST", "/api/sign-in/token", "");
        var cookies = String.join(
                "; ",
                begun.headers().getOrDefault("set-cookie", List.of()).stream()
                        .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                        .toList());

        var me = manager.send("GET", "/api/me", Map.of("Cookie", cookies), Bytes.EMPTY);
        var read = manager.send("GET", "/api/keys/" + shop + "/user:1", Map.of("Cookie", cookies), Bytes.EMPTY);

        assertThat(me.result()).isEqualTo(somebody.get("/api/me").result());
        assertThat(read.code()).isEqualTo("forbidden");
    }

    @Test
    void a_job_of_former_rights_names_no_key() {
        var somebody = with("editor", "*", "[\"cart:\"]");
        var job = somebody.send("POST", "/api/keys/" + shop + "/bulk-delete", "{\"keys\":[\"cart:1\"]}")
                .result()
                .path("job_id")
                .asText();
        assertThat(ended(somebody, job).path("current_key").asText()).isEqualTo("cart:1");

        manager.send(
                "DELETE",
                "/api/roles/"
                        + manager.send("GET", "/api/roles")
                                .result()
                                .path("grants")
                                .path(0)
                                .path("id")
                                .asText());
        manager.send(
                "POST",
                "/api/roles",
                "{\"subject\":{\"type\":\"api_key\",\"name\":\"%s\"},\"role\":\"viewer\",\"namespaces\":\"other\"}"
                        .formatted(somebody.id()));

        assertThat(somebody.get("/api/jobs/" + job).text()).doesNotContain("cart:1");
        assertThat(somebody.get("/api/jobs").text()).doesNotContain("cart:1");
    }
}
