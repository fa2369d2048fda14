package io.triport.domain.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.InvalidInput;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CacheUrlTest {
    @ParameterizedTest
    @CsvSource({
        "HTTP://Site.Example,                    http://site.example/",
        "http://site.example:80/,                http://site.example/",
        "https://site.example:443/a,             https://site.example/a",
        "https://site.example:80/a,              https://site.example:80/a",
        "http://[2001:DB8::1]:8080/,             http://[2001:db8::1]:8080/",
        "https://site.example/a/./b/../c,        https://site.example/a/c",
        "https://site.example/../../a,           https://site.example/a",
        "https://site.example/a/..,              https://site.example/",
        "https://site.example/a/.,               https://site.example/a/",
        "https://site.example/a//b/,             https://site.example/a//b/",
        "https://site.example/A%2e%2E/b,         https://site.example/A%2e%2E/b",
        "https://site.example?b=1&a=2,           https://site.example/?b=1&a=2",
        "https://site.example/?,                 https://site.example/?",
        "https://site.example/a#part,            https://site.example/a"
    })
    void every_spelling_of_a_url_becomes_one(String spelling, String url) {
        assertThat(CacheUrl.parse(spelling).text()).isEqualTo(url);
        assertThat(CacheUrl.parse(url).text()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/a",
                "site.example/a",
                "ftp://site.example/",
                "http:/a",
                "http://",
                "http://user:password@site.example/",
                "http://site.example/a b",
                "http://site.example:port/"
            })
    void what_is_no_url_of_a_web_page_is_refused(String text) {
        assertThatThrownBy(() -> CacheUrl.parse(text)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void a_url_has_at_most_8192_bytes() {
        var longest = "http://site.example/" + "a".repeat(8_192 - 20);

        assertThat(CacheUrl.parse(longest).text()).hasSize(8_192);
        assertThatThrownBy(() -> CacheUrl.parse(longest + "a")).isInstanceOf(InvalidInput.class);
    }

    @Test
    void a_url_is_made_of_the_one_form_alone() {
        assertThatThrownBy(() -> new CacheUrl("HTTP://site.example/")).isInstanceOf(InvalidInput.class);
    }

    @Property
    void no_path_leads_out_of_its_host_and_the_form_is_stable(
            @ForAll List<@StringLength(max = 3) @Chars({'a', '.', '%', '2', 'e'}) String> segments) {
        var path = "/" + String.join("/", segments).replace("%", "%25");

        var url = CacheUrl.parse("https://site.example" + path);

        assertThat(url.text())
                .startsWith("https://site.example/")
                .doesNotContain("/../")
                .doesNotContain("/./");
        assertThat(CacheUrl.parse(url.text())).isEqualTo(url);
    }

    @Property
    void any_text_is_read_or_refused(@ForAll String text) {
        try {
            assertThat(CacheUrl.parse("http://site.example/" + text).text()).startsWith("http://site.example/");
        } catch (InvalidInput e) {
            assertThat(e.field()).isEqualTo("url");
        }
    }
}
