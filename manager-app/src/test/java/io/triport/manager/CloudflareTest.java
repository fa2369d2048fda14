package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.manager.ManagerUnderTest.Answer;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CloudflareTest {
    private static final String ACCOUNT = "0123456789abcdef0123456789abcdef";
    private static final String ALL = "/client/v4/accounts/" + ACCOUNT + "/storage/kv/namespaces";

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

    @Test
    void clients_find_who_they_are_and_which_account_is_theirs() {
        var token = manager.send("GET", "/client/v4/user/tokens/verify").result();
        var accounts = manager.send("GET", "/client/v4/accounts").json();
        var memberships = manager.send("GET", "/client/v4/memberships").result();

        assertThat(token.path("status").asText()).isEqualTo("active");
        assertThat(token.path("id").asText()).isNotEmpty();
        assertThat(manager.send("GET", "/client/v4/user").result().path("email").asText())
                .isEqualTo("key:bootstrap");
        assertThat(accounts.path("result").path(0).path("id").asText()).isEqualTo(ACCOUNT);
        assertThat(accounts.path("result").path(0).path("name").asText()).isNotEmpty();
        assertThat(accounts.path("result_info").path("total_count").asInt()).isEqualTo(1);
        assertThat(memberships.path(0).path("account").path("id").asText()).isEqualTo(ACCOUNT);
    }

    @Test
    void pages_of_namespaces_are_ordered_as_it_is_wished_and_end_with_an_empty_one() {
        create("b");
        create("a");

        var ascending = manager.send("GET", ALL + "?order=title&direction=asc&per_page=2");
        var second = manager.send("GET", ALL + "?order=title&direction=asc&per_page=2&page=2");
        var beyond = manager.send("GET", ALL + "?page=3&per_page=2");
        var byId =
                manager.send("GET", ALL + "?order=id&direction=desc").result().findValuesAsText("id");

        assertThat(ascending.result().findValuesAsText("title")).containsExactly("CACHE", "a");
        assertThat(second.result().findValuesAsText("title")).containsExactly("b");
        assertThat(second.json().path("result_info").toString())
                .isEqualTo("{\"page\":2,\"per_page\":2,\"count\":1,\"total_count\":3,\"total_pages\":2}");
        assertThat(beyond.result()).isEmpty();
        assertThat(beyond.json().path("success").asBoolean()).isTrue();
        assertThat(byId).isSortedAccordingTo(Comparator.reverseOrder()).hasSize(3);
        assertThat(manager.send("GET", ALL + "?per_page=1000").status()).isEqualTo(200);
        for (var wrong : new String[] {"per_page=1001", "per_page=0", "page=0", "order=size", "direction=up"}) {
            assertThat(manager.send("GET", ALL + "?" + wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void a_title_that_is_missing_or_too_long_has_its_number() {
        for (var body : new String[] {"{}", "{\"title\":\"\"}", "{\"title\":\"" + "x".repeat(513) + "\"}"}) {
            var answer = manager.send("POST", ALL, body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(number(answer)).isEqualTo(10019);
        }
        assertThat(manager.send("GET", namespace)
                        .result()
                        .path("supports_url_encoding")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void a_page_of_keys_ends_with_an_empty_cursor() {
        for (var at = 10; at < 22; at++) {
            manager.send("PUT", namespace + "/values/k" + at, "v");
        }
        manager.send("PUT", namespace + "/values/other?expiration_ttl=600", "v");

        var first = manager.send("GET", namespace + "/keys?limit=10&prefix=k").json();
        var cursor = first.path("result_info").path("cursor").asText();
        var last = manager.send("GET", namespace + "/keys?limit=10&prefix=k&cursor=" + cursor)
                .json();

        assertThat(first.path("result")).hasSize(10);
        assertThat(first.path("result_info").path("count").asInt()).isEqualTo(10);
        assertThat(last.path("result").findValuesAsText("name")).containsExactly("k20", "k21");
        assertThat(last.path("result_info").toString()).isEqualTo("{\"count\":2,\"cursor\":\"\"}");
        assertThat(manager.send("GET", namespace + "/keys?prefix=o")
                        .result()
                        .path(0)
                        .path("expiration")
                        .asLong())
                .isPositive();
        assertThat(manager.send("GET", namespace + "/keys?limit=1001").status()).isEqualTo(400);
    }

    @Test
    void an_absent_key_is_said_as_clients_know_it() {
        for (var route : new String[] {"/values/none", "/metadata/none"}) {
            assertThat(manager.send("GET", namespace + route).text())
                    .isEqualTo("{\"success\":false,\"errors\":[{\"code\":10009,\"message\":\"get: 'key not found'\"}],"
                            + "\"messages\":[],\"result\":null}");
        }
        assertThat(manager.send("DELETE", namespace + "/values/none").text())
                .isEqualTo("{\"success\":true,\"errors\":[],\"messages\":[],\"result\":null}");
        assertThat(number(manager.send("GET", ALL + "/" + "0".repeat(32) + "/values/k")))
                .isEqualTo(10013);
        assertThat(number(manager.send("GET", "/client/v4/zones"))).isEqualTo(7003);
        assertThat(manager.send("GET", "/client/v4/zones").status()).isEqualTo(404);
    }

    private Answer form(String target, String metadata) {
        var body = String.join(
                "\r\n",
                "--b",
                "Content-Disposition: form-data; name=\"value\"",
                "",
                "1",
                "--b",
                "Content-Disposition: form-data; name=\"metadata\"",
                "",
                metadata,
                "--b--",
                "");
        var headers = Map.of(
                "Authorization", "Bearer " + ManagerUnderTest.TOKEN, "Content-Type", "multipart/form-data; boundary=b");
        return manager.send("PUT", namespace + target, headers, Bytes.utf8(body));
    }

    @Test
    void an_overwrite_clears_metadata_and_expiration() {
        form("/values/k?expiration_ttl=600", "[1]");
        var before = manager.send("GET", namespace + "/metadata/k").result();
        manager.send("PUT", namespace + "/values/k", "2");

        assertThat(before.toString()).isEqualTo("[1]");
        assertThat(manager.send("GET", namespace + "/metadata/k").text())
                .isEqualTo("{\"success\":true,\"errors\":[],\"messages\":[],\"result\":null}");
        assertThat(manager.send("GET", namespace + "/values/k").header("expiration"))
                .isEmpty();
    }

    @Test
    void metadata_that_is_none_or_too_much_has_its_number() {
        assertThat(number(form("/values/k", "{oops"))).isEqualTo(10025);
        assertThat(number(form("/values/k", "\"" + "m".repeat(1_023) + "\""))).isEqualTo(10026);
        assertThat(number(manager.send("PUT", namespace + "/values/" + "k".repeat(513), "x")))
                .isEqualTo(10030);
        assertThat(number(manager.send("PUT", namespace + "/values/k?expiration_ttl=59", "x")))
                .isEqualTo(10033);
        assertThat(number(manager.send("PUT", namespace + "/values/k?expiration=1", "x")))
                .isEqualTo(10033);
        assertThat(number(manager.send("PUT", namespace + "/values/k", "x".repeat(26_214_401))))
                .isEqualTo(10028);
        assertThat(manager.send("GET", namespace + "/values/k").status()).isEqualTo(404);
    }

    @Test
    void a_hundred_values_of_25_mebibytes_are_read_at_once_and_no_more() {
        var names = IntStream.range(0, 101).mapToObj(at -> "\"k" + at + "\"").toList();
        manager.send("PUT", namespace + "/values/large", "x".repeat(26_214_400));
        manager.send("PUT", namespace + "/values/one", "y");
        manager.send("PUT", namespace + "/values/ends?expiration_ttl=600", "z");

        var most = manager.send(
                "POST", namespace + "/bulk/get", "{\"keys\":[" + String.join(",", names.subList(0, 100)) + "]}");
        var more = manager.send("POST", namespace + "/bulk/get", "{\"keys\":[" + String.join(",", names) + "]}");
        var plain = manager.send("POST", namespace + "/bulk/get", "{\"keys\":[\"one\",\"none\"]}");
        var whole = manager.send("POST", namespace + "/bulk/get", "{\"keys\":[\"ends\"],\"withMetadata\":true}");
        var large = manager.send("POST", namespace + "/bulk/get", "{\"keys\":[\"one\",\"large\"]}");

        assertThat(most.status()).isEqualTo(200);
        assertThat(more.status()).isEqualTo(400);
        assertThat(plain.result().toString()).isEqualTo("{\"values\":{\"one\":\"y\",\"none\":null}}");
        assertThat(whole.result().path("values").path("ends").path("expiration").asLong())
                .isPositive();
        assertThat(large.status()).isEqualTo(413);
    }

    @Test
    void ten_thousand_names_are_deleted_at_once_and_no_more() {
        manager.send("PUT", namespace + "/values/k1", "v");
        var names = IntStream.range(0, 10_001).mapToObj(at -> "\"k" + at + "\"").toList();

        var more = manager.send("POST", namespace + "/bulk/delete", names.toString());
        var there = manager.send("GET", namespace + "/values/k1").status();
        var most = manager.send(
                "DELETE", namespace + "/bulk", names.subList(0, 10_000).toString());

        assertThat(more.status()).isEqualTo(413);
        assertThat(there).isEqualTo(200);
        assertThat(most.result().path("successful_key_count").asInt()).isEqualTo(10_000);
        assertThat(manager.send("GET", namespace + "/values/k1").status()).isEqualTo(404);
    }

    @Test
    void dots_and_slashes_of_a_path_are_left_as_they_are() {
        manager.send("PUT", namespace + "/values/a/../b/./c//", "v");

        assertThat(manager.send("GET", namespace + "/keys").result().findValuesAsText("name"))
                .containsExactly("a/../b/./c//");
        assertThat(manager.send("GET", namespace + "/values/a/../b/./c//").text())
                .isEqualTo("v");
    }

    @Test
    void long_values_are_read_many_at_once_as_text_and_as_json() {
        var list = "[1.50, \"" + "x".repeat(1_100_000) + "\"]";
        manager.send("PUT", namespace + "/values/list", list);
        manager.send("PUT", namespace + "/values/broken", list + "]");
        manager.send("PUT", namespace + "/values/marked", "\ufeff" + list);

        var json = manager.send("POST", namespace + "/bulk/get", "{\"keys\":[\"list\"],\"type\":\"json\"}");
        var text = manager.send("POST", namespace + "/bulk/get", "{\"keys\":[\"list\"],\"withMetadata\":true}");

        assertThat(json.text()).contains("{\"list\":[1.50, \"xxx");
        assertThat(json.result().path("values").path("list")).hasSize(2);
        assertThat(text.result().path("values").path("list").path("value").asText())
                .isEqualTo(list);
        assertThat(text.result().path("values").path("list").path("metadata").isNull())
                .isTrue();
        for (var key : new String[] {"broken", "marked"}) {
            assertThat(manager.send("POST", namespace + "/bulk/get", "{\"keys\":[\"" + key + "\"],\"type\":\"json\"}")
                            .status())
                    .isEqualTo(400);
        }
    }
}
