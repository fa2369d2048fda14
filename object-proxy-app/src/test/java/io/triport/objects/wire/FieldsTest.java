package io.triport.objects.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.object.ByteRange;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.ETag;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.Headers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FieldsTest {
    private static final Bytes CHECKED = Bytes.utf8("123456789");

    private static Headers headers(String name, String value) {
        return new Headers(Map.of(name, List.of(value)));
    }

    @Test
    void a_range_has_three_forms() {
        assertThat(RangeField.parse("bytes=2-5")).contains(new ByteRange.Between(2, 5));
        assertThat(RangeField.parse("bytes=2-")).contains(new ByteRange.From(2));
        assertThat(RangeField.parse("bytes=-5")).contains(new ByteRange.Last(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=5-2", "bytes=1-2,3-4", "bytes=-", "items=1-2", "bytes=a-b", ""})
    void another_range_asks_for_the_whole(String text) {
        assertThat(RangeField.parse(text)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"\"a\", PASSES", "a, PASSES", "'\"b\", \"a\"', PASSES", "*, PASSES", "\"b\", FAILED"})
    void tags_are_compared_with_or_without_quotes(String field, Conditions.Verdict verdict) {
        var conditions = ConditionFields.of(headers("if-match", field));

        assertThat(conditions.judge(new ETag("a"), Instant.EPOCH)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
                "1994-11-06T08:49:37Z"
            })
    void a_date_is_read_in_each_of_its_forms(String text) {
        var read = Times.parse(text).orElseThrow();

        assertThat(Times.field(read)).endsWith("08:49:37 GMT").startsWith("Sun, 06 Nov");
    }

    @Test
    void what_is_no_date_conditions_nothing() {
        assertThat(Times.parse("yesterday")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CRC32, CBF43926",
        "CRC32C, E3069283",
        "CRC64NVME, AE8B14860A799888",
        "MD5, 25F9E794323B453885F5181F1B624D0B"
    })
    void checksums_are_those_of_their_definitions(ChecksumAlgorithm algorithm, String hex) {
        assertThat(BodyDigest.of(algorithm, CHECKED)).isEqualTo(Bytes.parseHex(hex));
    }

    @Test
    void a_document_needs_a_checksum_that_holds() {
        var content = Content.of(CHECKED);
        var right = headers("content-md5", "JfnnlDI7RTiF9RgfG2JNCw==");
        var wrong = headers("content-md5", "AAAAAAAAAAAAAAAAAAAAAA==");

        BodyDigest.check(right, content, CHECKED);
        assertThatThrownBy(() -> BodyDigest.check(wrong, content, CHECKED))
                .isInstanceOfSatisfying(
                        S3Refused.class, refused -> assertThat(refused.error()).isEqualTo(S3Error.BAD_DIGEST));
        assertThatThrownBy(() -> BodyDigest.check(Headers.NONE, content, CHECKED))
                .isInstanceOfSatisfying(
                        S3Refused.class, refused -> assertThat(refused.error()).isEqualTo(S3Error.INVALID_REQUEST));
    }

    @Test
    void two_checksums_are_refused() {
        var two = new Headers(
                Map.of("x-amz-checksum-crc32", List.of("y/Q5Jg=="), "x-amz-checksum-crc32c", List.of("4waSgw==")));

        assertThatThrownBy(() -> ChecksumFields.claims(two, Content.of(CHECKED)))
                .isInstanceOf(S3Refused.class);
    }

    @Test
    void a_source_is_decoded_once_and_may_name_a_version() {
        var source = CopySourceField.parse(headers("x-amz-copy-source", "/data/a%2Fb%20c?versionId=v1"));

        assertThat(source.bucket().text()).isEqualTo("data");
        assertThat(source.object().key().text()).isEqualTo("a/b c");
        assertThat(source.object().version()).hasToString("v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data", "/data/", "data/%zz"})
    void a_source_without_a_key_is_refused(String text) {
        assertThatThrownBy(() -> CopySourceField.parse(headers("x-amz-copy-source", text)))
                .isInstanceOf(S3Refused.class);
    }

    @Test
    void tags_are_unique_and_a_plus_among_them_is_a_blank() {
        assertThat(MetadataFields.tags(headers("x-amz-tagging", "a=1+2&b=")).entries())
                .containsEntry("a", "1 2")
                .containsEntry("b", "");
        assertThatThrownBy(() -> MetadataFields.tags(headers("x-amz-tagging", "a=1&a=2")))
                .isInstanceOfSatisfying(
                        S3Refused.class, refused -> assertThat(refused.error()).isEqualTo(S3Error.INVALID_TAG));
    }
}
