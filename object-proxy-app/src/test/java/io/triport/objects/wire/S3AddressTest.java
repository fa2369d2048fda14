package io.triport.objects.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectKey;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class S3AddressTest {
    private static final List<String> DOMAINS = List.of("s3.example.com", "example.com");

    @ParameterizedTest
    @CsvSource({
        "/data/a, data, a",
        "/data//a, data, /a",
        "/data/a/../b, data, a/../b",
        "/data/a+b%2Bc%20d, data, a+b+c d",
        "/data/%C3%A9, data, é",
        "/data/trail/, data, trail/"
    })
    void a_key_is_all_behind_the_bucket_decoded_once(String path, String bucket, String key) {
        var address = S3Address.of(path, "localhost:8802", DOMAINS);

        assertThat(address).isEqualTo(new S3Address(new BucketName(bucket), ObjectKey.of(key)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data", "/data/"})
    void a_bucket_has_no_key(String path) {
        assertThat(S3Address.of(path, "localhost", DOMAINS)).isEqualTo(new S3Address(new BucketName("data"), null));
    }

    @ParameterizedTest
    @CsvSource({
        "data.s3.example.com, data",
        "DATA.S3.Example.COM:8802, data",
        "my.data.s3.example.com, my.data",
        "data.example.com, data"
    })
    void a_host_under_a_base_domain_is_a_bucket(String host, String bucket) {
        assertThat(S3Address.of("/a/b", host, DOMAINS))
                .isEqualTo(new S3Address(new BucketName(bucket), ObjectKey.of("a/b")));
    }

    @Test
    void a_base_domain_itself_is_path_style() {
        assertThat(S3Address.of("/data/a", "s3.example.com", DOMAINS))
                .isEqualTo(new S3Address(new BucketName("data"), ObjectKey.of("a")));
        assertThat(S3Address.of("/", "s3.example.com", DOMAINS)).isEqualTo(new S3Address(null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "/UP/a, InvalidBucketName",
        "/ab/a, InvalidBucketName",
        "//a, InvalidBucketName",
        "/data/%zz, InvalidURI",
        "/data/%4, InvalidURI",
        "/data/%, InvalidURI",
        "/data/%FF, InvalidURI"
    })
    void what_is_no_address_is_refused(String path, String code) {
        assertThatThrownBy(() -> S3Address.of(path, "localhost", DOMAINS))
                .isInstanceOfSatisfying(
                        S3Refused.class,
                        refused -> assertThat(refused.error().code()).isEqualTo(code));
    }

    @Test
    void a_key_of_1024_bytes_is_the_longest() {
        assertThat(S3Address.of("/data/" + "a".repeat(1024), "localhost", DOMAINS)
                        .key())
                .isNotNull();
        assertThatThrownBy(() -> S3Address.of("/data/" + "a".repeat(1025), "localhost", DOMAINS))
                .isInstanceOfSatisfying(
                        S3Refused.class, refused -> assertThat(refused.error()).isEqualTo(S3Error.KEY_TOO_LONG));
    }

    @Property
    void an_encoded_key_is_read_as_it_was(@ForAll @StringLength(min = 1, max = 200) String key) {
        if (key.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
            return;
        }

        assertThat(S3Address.of("/data/" + Percent.encode(key), "localhost", DOMAINS)
                        .key())
                .isEqualTo(ObjectKey.of(key));
    }

    @Property
    void arbitrary_text_is_read_or_refused(@ForAll String text) {
        try {
            assertThat(S3Address.of("/" + text, text, DOMAINS)).isNotNull();
        } catch (S3Refused refused) {
            assertThat(refused.error().status()).isEqualTo(400);
        }
    }
}
