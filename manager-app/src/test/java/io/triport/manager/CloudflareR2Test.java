package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.manager.ManagerUnderTest.Answer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Buckets and objects by Cloudflare's API. Each test has a bucket of its own. */
final class CloudflareR2Test {
    private static final String ALL = "/client/v4/accounts/0123456789abcdef0123456789abcdef/r2/buckets";

    private static ManagerUnderTest manager;

    @BeforeAll
    static void start() {
        manager =
                ManagerUnderTest.start("triport: {manager: {api-key-pepper: [\"${env:PEPPER}\"]}}", Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    /** @return the path of the bucket */
    private static String bucket(String name) {
        var made = manager.send("POST", ALL, "{\"name\":\"" + name + "\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return ALL + "/" + name;
    }

    private static Answer send(String method, String target, String body, String... fields) {
        var headers = new HashMap<>(Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN));
        for (var at = 0; at < fields.length; at += 2) {
            headers.put(fields[at], fields[at + 1]);
        }
        return manager.send(method, target, headers, Bytes.utf8(body));
    }

    private static int number(Answer answer) {
        return answer.json().path("errors").path(0).path("code").asInt();
    }

    private static List<String> keys(Answer answer) {
        var keys = new ArrayList<String>();
        answer.result().forEach(object -> keys.add(object.path("key").asText()));
        return keys;
    }

    @Test
    void a_bucket_is_made_found_changed_and_deleted() {
        var made = manager.send(
                "POST", ALL, "{\"name\":\"first\",\"locationHint\":\"weur\",\"storageClass\":\"InfrequentAccess\"}");
        var taken = manager.send("POST", ALL, "{\"name\":\"first\"}");
        var changed = send("PATCH", ALL + "/first", "", "cf-r2-storage-class", "Standard");
        var found = manager.send("GET", ALL + "/first");
        var deleted = manager.send("DELETE", ALL + "/first");

        assertThat(made.result().path("storage_class").asText()).isEqualTo("InfrequentAccess");
        assertThat(made.result().path("location").asText()).isEqualTo("weur");
        assertThat(made.result().path("creation_date").asText()).endsWith("Z");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(number(taken)).isEqualTo(10004);
        assertThat(found.text()).isEqualTo(changed.text()).contains("\"storage_class\":\"Standard\"");
        assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
        assertThat(number(manager.send("GET", ALL + "/first"))).isEqualTo(10006);
        assertThat(manager.send("PUT", ALL + "/first/objects/k", "v").status()).isEqualTo(404);
        assertThat(manager.send("GET", "/api/audit/all").text())
                .contains("create_bucket", "change_bucket", "delete_bucket");
    }

    @Test
    void buckets_are_listed_by_name_page_by_page() {
        bucket("list-a");
        bucket("list-b");
        bucket("list-c");

        var first = manager.send("GET", ALL + "?name_contains=list-&per_page=2");
        var second = manager.send(
                "GET",
                ALL + "?name_contains=list-&per_page=2&cursor="
                        + first.json().path("result_info").path("cursor").asText());
        var backwards = manager.send("GET", ALL + "?name_contains=list-&direction=desc&per_page=1");

        assertThat(first.result().path("buckets"))
                .extracting(one -> one.path("name").asText())
                .containsExactly("list-a", "list-b");
        assertThat(second.result().path("buckets"))
                .extracting(one -> one.path("name").asText())
                .containsExactly("list-c");
        assertThat(second.json().path("result_info").has("cursor")).isFalse();
        assertThat(backwards.result().path("buckets").path(0).path("name").asText())
                .isEqualTo("list-c");
    }

    @Test
    void an_object_is_written_read_and_deleted() {
        var path = bucket("objects") + "/objects/a%2Fb%20c";

        var written =
                send("PUT", path, "hello", "Content-Type", "text/html", "cf-r2-storage-class", "InfrequentAccess");
        var read = manager.send("GET", path);
        var deleted = manager.send("DELETE", path);

        assertThat(written.status()).as(written.text()).isEqualTo(200);
        assertThat(written.result().path("key").asText()).isEqualTo("a/b c");
        assertThat(written.result().path("size").asText()).isEqualTo("5");
        assertThat(written.result().path("storage_class").asText()).isEqualTo("InfrequentAccess");
        assertThat(read.text()).isEqualTo("hello");
        assertThat(read.header("Content-Type")).isEqualTo("text/html");
        assertThat(read.header("ETag"))
                .isEqualTo("\"" + written.result().path("etag").asText() + "\"");
        assertThat(deleted.result().toString()).isEqualTo("{\"key\":\"a/b c\"}");
        assertThat(number(manager.send("GET", path))).isEqualTo(10007);
        assertThat(manager.send("DELETE", path).status()).isEqualTo(200);
    }

    @Test
    void a_browser_runs_nothing_of_what_an_object_is() {
        var path = bucket("scripts") + "/objects/page.html";
        send("PUT", path, "<script>alert(1)</script>", "Content-Type", "text/html");

        var read = manager.send("GET", path);

        assertThat(read.header("Content-Security-Policy")).isEqualTo("sandbox");
        assertThat(read.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void an_object_is_read_in_part_and_only_where_it_has_changed() {
        var path = bucket("parts") + "/objects/k";
        manager.send("PUT", path, "0123456789");
        var tag = manager.send("GET", path).header("ETag");

        var part = send("GET", path, "", "Range", "bytes=2-4");
        var beyond = send("GET", path, "", "Range", "bytes=10-");
        var known = send("GET", path, "", "If-None-Match", "\"other\", W/" + tag);
        var old = send("GET", path, "", "If-Match", "\"other\"");
        var since = send(
                "GET", path, "", "If-Modified-Since", manager.send("GET", path).header("Last-Modified"));

        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("234");
        assertThat(part.header("Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(beyond.status()).isEqualTo(416);
        assertThat(beyond.header("Content-Range")).isEqualTo("bytes */10");
        assertThat(known.status()).isEqualTo(304);
        assertThat(old.status()).isEqualTo(412);
        assertThat(since.status()).isEqualTo(304);
    }

    @Test
    void objects_are_listed_with_prefixes_rolled_up_page_by_page() {
        var path = bucket("listing") + "/objects";
        for (var key : List.of("a", "b%2F1", "b%2F2", "c")) {
            manager.send("PUT", path + "/" + key, "v");
        }

        var rolled = manager.send("GET", path + "?delimiter=%2F");
        var first = manager.send("GET", path + "?per_page=3");
        var cursor = first.json().path("result_info").path("cursor").asText();
        var second = manager.send("GET", path + "?per_page=3&cursor=" + cursor);
        var under = manager.send("GET", path + "?prefix=b%2F&start_after=b%2F1");

        assertThat(keys(rolled)).containsExactly("a", "c");
        assertThat(rolled.json().path("result_info").path("delimited").toString())
                .isEqualTo("[\"b/\"]");
        assertThat(keys(first)).containsExactly("a", "b/1", "b/2");
        assertThat(keys(second)).containsExactly("c");
        assertThat(keys(under)).containsExactly("b/2");
    }

    @Test
    void a_bucket_with_objects_stays_and_one_made_anew_has_none_of_the_old() {
        var path = bucket("anew");
        manager.send("PUT", path + "/objects/k", "v");

        var refused = manager.send("DELETE", path);
        manager.send("DELETE", path + "/objects/k");
        var deleted = manager.send("DELETE", path);
        bucket("anew");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(number(refused)).isEqualTo(10008);
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(keys(manager.send("GET", path + "/objects"))).isEmpty();
        assertThat(manager.send("PUT", path + "/objects/k", "v").status()).isEqualTo(200);
    }

    @Test
    void buckets_do_not_see_each_others_objects() {
        var one = bucket("one");
        var two = bucket("two");
        manager.send("PUT", one + "/objects/k", "v");

        assertThat(manager.send("GET", two + "/objects/k").status()).isEqualTo(404);
        assertThat(keys(manager.send("GET", two + "/objects"))).isEmpty();
    }

    @Test
    void the_bucket_of_the_managers_own_files_is_nobodys() {
        var made = manager.send("POST", ALL, "{\"name\":\"manager-files\"}");
        var listed = manager.send("GET", ALL + "/manager-files/objects");
        var read = manager.send("GET", ALL + "/manager-files/objects/exports%2Fx");

        assertThat(made.status()).isEqualTo(403);
        assertThat(listed.status()).isEqualTo(403);
        assertThat(read.status()).isEqualTo(403);
    }

    @Test
    void another_jurisdiction_and_a_name_that_no_bucket_has_are_refused() {
        assertThat(send("GET", ALL, "", "cf-r2-jurisdiction", "eu").status()).isEqualTo(400);
        assertThat(manager.send("POST", ALL, "{\"name\":\"No Bucket\"}").status())
                .isEqualTo(400);
        assertThat(manager.send("GET", ALL + "/No_Bucket").status()).isEqualTo(404);
        assertThat(manager.send("POST", ALL, "{\"name\":\"somewhere\",\"locationHint\":\"moon\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void roles_for_everything_reach_buckets_as_far_as_they_reach_keys() {
        var path = bucket("roles");

        assertThat(status("auditor\"", "GET", path + "/objects", "")).isEqualTo(403);
        assertThat(status("viewer\"", "GET", path + "/objects", "")).isEqualTo(200);
        assertThat(status("viewer\"", "PUT", path + "/objects/k", "v")).isEqualTo(403);
        assertThat(status("editor\"", "PUT", path + "/objects/k", "v")).isEqualTo(200);
        assertThat(status("editor\"", "DELETE", path + "/objects/k", "")).isEqualTo(200);
        assertThat(status("editor\"", "DELETE", path, "")).isEqualTo(403);
        assertThat(status("editor\"", "POST", ALL, "{\"name\":\"editors\"}")).isEqualTo(403);
        assertThat(status("admin\",\"namespaces\":\"roles\"", "DELETE", path, ""))
                .isEqualTo(403);
        assertThat(status("admin\"", "DELETE", path, "")).isEqualTo(200);
    }

    private static int status(String role, String method, String path, String body) {
        var made = manager.send("POST", "/api/api-keys", "{\"name\":\"somebody\",\"role\":\"" + role + "}");
        var headers =
                Map.of("Authorization", "Bearer " + made.result().path("key").asText());
        return manager.send(method, path, headers, Bytes.utf8(body)).status();
    }
}
