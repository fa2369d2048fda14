package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.manager.ManagerUnderTest.Answer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CloudflareTest {
    private static final String ALL = "/client/v4/accounts/0123456789abcdef0123456789abcdef/storage/kv/namespaces";

    private final ManagerUnderTest manager = ManagerUnderTest.start();
    private final String namespace = ALL + "/" + create("CACHE");

    @AfterEach
    void stop() {
        manager.close();
    }

    private String create(String title) {
        return manager.send("POST", ALL, "{\"title\":\"" + title + "\"}")
                .result()
                .path("id")
                .asText();
    }

    private int number(Answer answer) {
        return answer.json().path("errors").path(0).path("code").asInt();
    }

    @Test
    void a_namespace_is_made_listed_renamed_and_dropped() {
        var listed = manager.send("GET", ALL + "?per_page=1");
        var renamed = manager.send("PUT", namespace, "{\"title\":\"OTHER\"}");
        var dropped = manager.send("DELETE", namespace);

        assertThat(listed.json().path("result_info").toString())
                .isEqualTo("{\"page\":1,\"per_page\":1,\"count\":1,\"total_count\":1,\"total_pages\":1}");
        assertThat(listed.result().path(0).path("title").asText()).isEqualTo("CACHE");
        assertThat(renamed.result().path("title").asText()).isEqualTo("OTHER");
        assertThat(dropped.text()).isEqualTo("{\"success\":true,\"errors\":[],\"messages\":[],\"result\":null}");
        assertThat(number(manager.send("GET", namespace))).isEqualTo(10013);
    }

    @Test
    void a_taken_title_is_400_with_the_number_that_wrangler_knows() {
        var answer = manager.send("POST", ALL, "{\"title\":\"CACHE\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(number(answer)).isEqualTo(10014);
    }

    @Test
    void names_are_decoded_once_and_slashes_belong_to_them() {
        var sent = Map.of(
                "a%2Fb",
                "a/b", "a/b", "a/b", "%252F", "%2F", "a//b/", "a//b/", "pct%2525", "pct%25", "x%20y+z", "x y+z");

        sent.forEach((path, name) -> {
            assertThat(manager.send("PUT", namespace + "/values/" + path, name).status())
                    .as(path)
                    .isEqualTo(200);
            assertThat(manager.send("GET", namespace + "/values/" + path).text())
                    .isEqualTo(name);
            var listed = manager.send("GET", namespace + "/keys").result();
            assertThat(listed).as(path).hasSize(1);
            assertThat(listed.path(0).path("name").asText()).isEqualTo(name);
            manager.send("DELETE", namespace + "/values/" + path);
        });
    }

    @Test
    void a_dot_is_no_name_of_a_key() {
        var answer = manager.send("PUT", namespace + "/values/%2E", "x");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(number(answer)).isEqualTo(10021);
    }

    @Test
    void a_raw_body_is_kept_as_it_is_whatever_its_type_says() {
        var headers = Map.of(
                "Authorization",
                "Bearer " + ManagerUnderTest.TOKEN,
                "Content-Type",
                "application/x-www-form-urlencoded");

        manager.send("PUT", namespace + "/values/raw?expiration_ttl=300", headers, Bytes.parseHex("00ff7b"));
        var read = manager.send("GET", namespace + "/values/raw");

        assertThat(read.body().toHex()).isEqualTo("00ff7b");
        assertThat(read.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(read.header("expiration")).matches("[0-9]{10}");
    }

    @Test
    void a_form_has_the_value_and_its_metadata() {
        var body = String.join(
                "\r\n",
                "preamble",
                "--b",
                "Content-Disposition: form-data; name=\"value\"; filename=\"x\"",
                "Content-Type: text/plain",
                "",
                "one",
                "--bc",
                "",
                "--b",
                "content-disposition: form-data; name=metadata",
                "",
                "{\"a\": [1]}",
                "--b--",
                "");
        var headers = Map.of(
                "Authorization", "Bearer " + ManagerUnderTest.TOKEN, "Content-Type", "multipart/form-data; boundary=b");

        var written = manager.send("PUT", namespace + "/values/form", headers, Bytes.utf8(body));

        assertThat(written.status()).as(written.text()).isEqualTo(200);
        assertThat(manager.send("GET", namespace + "/values/form").text()).isEqualTo("one\r\n--bc\r\n");
        assertThat(manager.send("GET", namespace + "/metadata/form").result().toString())
                .isEqualTo("{\"a\":[1]}");
    }

    @Test
    void a_form_that_breaks_off_is_refused() {
        var headers = Map.of(
                "Authorization", "Bearer " + ManagerUnderTest.TOKEN, "Content-Type", "multipart/form-data; boundary=b");

        for (var body : new String[] {"", "--b", "--b\r\n", "--b\r\n\r\n", "--b\r\nX: y\r\n\r\nvalue\r\n--b--"}) {
            assertThat(manager.send("PUT", namespace + "/values/form", headers, Bytes.utf8(body))
                            .status())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(manager.send("GET", namespace + "/values/form").status()).isEqualTo(404);
    }

    @Test
    void one_bad_pair_keeps_all_from_being_written() {
        var answer = manager.send(
                "PUT",
                namespace + "/bulk",
                "[{\"key\":\"good\",\"value\":\"1\"},{\"key\":\"bad\",\"value\":\"2\",\"expiration_ttl\":59}]");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(number(answer)).isEqualTo(10033);
        assertThat(manager.send("GET", namespace + "/values/good").status()).isEqualTo(404);
    }

    @Test
    void many_are_written_read_and_deleted_at_once() {
        var written = manager.send(
                "PUT",
                namespace + "/bulk",
                "[{\"key\":\"one\",\"value\":\"AP8=\",\"base64\":true},{\"key\":\"two\",\"value\":\"{}\",\"metadata\":{\"i\":1}}]");
        var read = manager.send(
                "POST",
                namespace + "/bulk/get",
                "{\"keys\":[\"two\",\"none\"],\"type\":\"json\",\"withMetadata\":true}");
        var deleted = manager.send("DELETE", namespace + "/bulk", "[\"one\",\"two\",\"none\"]");

        assertThat(written.result().toString()).isEqualTo("{\"successful_key_count\":2,\"unsuccessful_keys\":[]}");
        assertThat(read.result().toString())
                .isEqualTo("{\"values\":{\"two\":{\"value\":{},\"metadata\":{\"i\":1}},\"none\":null}}");
        assertThat(deleted.result().path("successful_key_count").asInt()).isEqualTo(3);
        assertThat(manager.send("GET", namespace + "/values/one").status()).isEqualTo(404);
    }

    @Test
    void malformed_input_is_refused_and_never_a_failure() {
        for (var body : new String[] {"{oops", "{}", "[1]", "[{}]", "[{\"key\":1}]", "[", "[]]", "\u0000"}) {
            assertThat(manager.send("PUT", namespace + "/bulk", body).status())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(manager.send("GET", namespace + "/keys?limit=9").status()).isEqualTo(400);
        assertThat(manager.send("GET", namespace + "/keys?cursor=nonsense").status())
                .isEqualTo(400);
        assertThat(manager.send("GET", namespace + "/values/%ff").status()).isEqualTo(400);
    }

    @Test
    void another_account_is_refused() {
        var answer = manager.send("GET", ALL.replace("0123456789abcdef0123456789abcdef", "f".repeat(32)));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(number(answer)).isEqualTo(10000);
    }

    @Test
    void a_wrong_token_has_the_number_of_authentication() {
        var answer = manager.send("GET", ALL, Map.of("Authorization", "Bearer wrong"), Bytes.EMPTY);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(number(answer)).isEqualTo(10000);
    }
}
