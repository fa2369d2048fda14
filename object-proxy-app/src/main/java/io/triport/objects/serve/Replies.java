package io.triport.objects.serve;

import io.triport.domain.object.Checksum;
import io.triport.domain.object.ETag;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.identity.stream.StreamReply;
import io.triport.objects.wire.ChecksumFields;
import io.triport.objects.wire.S3Refused;
import io.triport.objects.wire.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Words that many answers have in common. */
public final class Replies {
    static final String OWNER = "triport";
    private static final String XML = "application/xml";

    private Replies() {}

    static StreamReply xml(XmlWriter document) {
        return StreamReply.of(200, XML, document.toBytes());
    }

    /** With the fields that every answer has. */
    public static StreamReply marked(StreamReply reply, Fetch fetch) {
        return reply.with(List.of(
                new StreamReply.Field("x-amz-request-id", fetch.id().text()),
                new StreamReply.Field("x-amz-id-2", OWNER),
                new StreamReply.Field("Server", OWNER)));
    }

    static StreamReply empty(int status) {
        return StreamReply.of(status);
    }

    /** @param resource the path of the request */
    static StreamReply error(S3Refused refused, String resource, String requestId) {
        var reply = StreamReply.of(refused.status(), XML, document(refused, resource, requestId));
        for (var field : refused.fields().entrySet()) {
            reply = reply.with(field.getKey(), field.getValue());
        }
        return reply;
    }

    static Bytes document(S3Refused refused, String resource, String requestId) {
        var xml = XmlWriter.plain("Error").element("Code", refused.code()).element("Message", refused.sentence());
        refused.elements().forEach(xml::element);
        return xml.element("Resource", resource)
                .element("RequestId", requestId)
                .element("HostId", OWNER)
                .toBytes();
    }

    static String quoted(ETag tag) {
        return '"' + tag.text() + '"';
    }

    /** As fields; none where there is none. */
    static List<StreamReply.Field> checksum(ObjectInfo info) {
        var checksum = info.checksum();
        var fields = new ArrayList<StreamReply.Field>(2);
        if (checksum != null && !ChecksumFields.name(checksum.algorithm()).isEmpty()) {
            fields.add(new StreamReply.Field(ChecksumFields.field(checksum.algorithm()), text(checksum, info.etag())));
            fields.add(new StreamReply.Field(
                    "x-amz-checksum-type", checksum.scope().name()));
        }
        return fields;
    }

    /** As elements; none where there is none. */
    static void checksum(XmlWriter xml, @Nullable Checksum checksum, ETag tag) {
        if (checksum != null && !ChecksumFields.name(checksum.algorithm()).isEmpty()) {
            xml.element("Checksum" + ChecksumFields.name(checksum.algorithm()), text(checksum, tag));
            xml.element("ChecksumType", checksum.scope().name());
        }
    }

    /** Of one that is made of the parts' checksums the number of parts is a part of it, as it is of the tag. */
    static String text(Checksum checksum, ETag tag) {
        var value = ChecksumFields.base64(checksum.value());
        var dash = tag.text().lastIndexOf('-');
        return checksum.scope() == Checksum.Scope.COMPOSITE && dash >= 0
                ? value + tag.text().substring(dash)
                : value;
    }

    static void owner(XmlWriter xml, String element) {
        xml.begin(element).element("ID", OWNER).element("DisplayName", OWNER).end();
    }
}
