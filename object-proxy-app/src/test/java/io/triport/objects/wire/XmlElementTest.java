package io.triport.objects.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.Bytes;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class XmlElementTest {
    @Test
    void a_document_is_read_with_its_names_without_their_namespace() {
        var read = XmlElement.parse(
                Bytes.utf8("<d:Delete xmlns:d='x'><!-- no --><d:Key>a&amp;<![CDATA[<b>]]></d:Key></d:Delete>"));

        assertThat(read.named("Delete").required("Key")).isEqualTo("a&<b>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
                "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a/>",
                "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><l>&b;</l>",
                "<a>&unknown;</a>",
                "<a>&#0;</a>",
                "<a><b></a></b>",
                "<a/><a/>",
                "<a/>text",
                "<a",
                ""
            })
    void what_is_no_plain_document_is_refused(String text) {
        assertThatThrownBy(() -> XmlElement.parse(Bytes.utf8(text)))
                .isInstanceOfSatisfying(
                        S3Refused.class, refused -> assertThat(refused.error()).isEqualTo(S3Error.MALFORMED_XML));
    }

    @Test
    void a_document_that_is_too_deep_is_refused() {
        var deep = "<a>".repeat(33) + "</a>".repeat(33);

        assertThatThrownBy(() -> XmlElement.parse(Bytes.utf8(deep))).isInstanceOf(S3Refused.class);
    }

    @Property(tries = 300)
    void arbitrary_text_is_read_or_refused(@ForAll String text) {
        Bytes document;
        try {
            document = Bytes.utf8("<a>" + text + "</a>");
        } catch (io.triport.domain.request.InvalidInput e) {
            return;
        }
        try {
            assertThat(XmlElement.parse(document).name()).isEqualTo("a");
        } catch (S3Refused refused) {
            assertThat(refused.error()).isEqualTo(S3Error.MALFORMED_XML);
        }
    }

    @Property(tries = 300)
    void what_is_written_is_read_again(@ForAll String text) {
        if (!text.codePoints().allMatch(c -> c == '\n' || c == '\t' || c >= ' ' && c < 0xD800 && c != 0x7F)) {
            return;
        }
        var document = XmlWriter.of("Root").element("Text", text).toBytes();

        assertThat(XmlElement.parse(document).required("Text")).isEqualTo(text);
    }
}
