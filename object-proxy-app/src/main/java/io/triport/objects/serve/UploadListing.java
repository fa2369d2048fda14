package io.triport.objects.serve;

import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.UploadId;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.UploadPage;
import io.triport.domain.object.UploadQuery;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.stream.StreamReply;
import io.triport.objects.wire.ChecksumFields;
import io.triport.objects.wire.Percent;
import io.triport.objects.wire.S3Operation;
import io.triport.objects.wire.S3Query;
import io.triport.objects.wire.Times;
import io.triport.objects.wire.XmlWriter;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Listings of uploads and of their parts. */
final class UploadListing {
    private UploadListing() {}

    static StreamReply parts(S3Call call, S3Operation.ListParts operation) {
        var query = operation.query();
        var after = query.number("part-number-marker", 0, Integer.MAX_VALUE);
        var most = query.number("max-parts", ObjectLimits.LIST_LIMIT, ObjectLimits.LIST_LIMIT);
        var page = call.store()
                .uploads()
                .parts(operation.upload(), after, Math.max(1, most))
                .orElseThrow(() -> Uploads.noSuchUpload(operation.upload()));
        var parts = most == 0 ? List.<io.triport.domain.object.ObjectPart>of() : page.parts();
        var next = parts.isEmpty() ? after : parts.getLast().number();
        var xml = XmlWriter.of("ListPartsResult")
                .element("Bucket", call.bucketText())
                .element("Key", operation.key().text())
                .element("UploadId", operation.upload().id().text())
                .element("PartNumberMarker", after)
                .element("NextPartNumberMarker", next)
                .element("MaxParts", most)
                .element("IsTruncated", Boolean.toString(most > 0 && page.more()));
        described(xml, page.upload());
        for (var part : parts) {
            xml.begin("Part")
                    .element("PartNumber", part.number())
                    .element("LastModified", Times.document(part.modified()))
                    .element("ETag", Replies.quoted(part.etag()))
                    .element("Size", part.size());
            var checksum = part.checksum();
            if (checksum != null && !ChecksumFields.name(checksum.algorithm()).isEmpty()) {
                xml.element(
                        "Checksum" + ChecksumFields.name(checksum.algorithm()),
                        ChecksumFields.base64(checksum.value()));
            }
            xml.end();
        }
        return Replies.xml(xml);
    }

    private static void described(XmlWriter xml, UploadOptions upload) {
        Replies.owner(xml, "Initiator");
        Replies.owner(xml, "Owner");
        xml.element("StorageClass", upload.storageClass().text());
        if (upload.checksum() != null) {
            xml.element("ChecksumAlgorithm", ChecksumFields.name(upload.checksum()))
                    .element("ChecksumType", upload.checksumScope().name());
        }
    }

    static StreamReply uploads(S3Call call, S3Operation.ListMultipartUploads operation) {
        var query = operation.query();
        var encoding = query.get("encoding-type");
        if (encoding.isPresent() && !encoding.get().equals("url")) {
            throw S3Query.argument("encoding-type", encoding.get(), "Invalid Encoding Method specified in Request");
        }
        UnaryOperator<String> encoded = encoding.isPresent() ? Percent::encode : text -> text;
        var most = query.number("max-uploads", ObjectLimits.LIST_LIMIT, ObjectLimits.LIST_LIMIT);
        var marker = query.text("key-marker");
        var page = most == 0
                ? new UploadPage(List.of(), null)
                : new VisibleKeys(call)
                        .uploads(new UploadQuery(
                                Bytes.utf8(query.text("prefix")),
                                Bytes.utf8(query.text("delimiter")),
                                Bytes.utf8(marker),
                                marker.isEmpty() ? null : after(query.text("upload-id-marker")),
                                most));
        var xml = XmlWriter.of("ListMultipartUploadsResult")
                .element("Bucket", call.bucketText())
                .element("KeyMarker", encoded.apply(marker))
                .element("UploadIdMarker", query.text("upload-id-marker"))
                .element("Prefix", encoded.apply(query.text("prefix")));
        query.get("delimiter").ifPresent(text -> xml.element("Delimiter", encoded.apply(text)));
        encoding.ifPresent(type -> xml.element("EncodingType", type));
        xml.element("MaxUploads", most).element("IsTruncated", Boolean.toString(page.next() != null));
        if (page.next() != null) {
            xml.element("NextKeyMarker", encoded.apply(page.next().key().toUtf8()));
            var upload = page.next().upload();
            if (upload != null) {
                xml.element("NextUploadIdMarker", upload.text());
            }
        }
        page.entries().forEach(entry -> entry(xml, encoded, entry));
        return Replies.xml(xml);
    }

    private static @Nullable UploadId after(String text) {
        try {
            return text.isEmpty() ? null : new UploadId(text);
        } catch (InvalidInput e) {
            throw S3Query.argument("upload-id-marker", text, "Invalid uploadId marker");
        }
    }

    private static void entry(XmlWriter xml, UnaryOperator<String> encoded, UploadPage.Entry entry) {
        switch (entry) {
            case UploadPage.Entry.Upload(var upload, var started, var options) -> {
                xml.begin("Upload")
                        .element("Key", encoded.apply(upload.key().text()))
                        .element("UploadId", upload.id().text());
                described(xml, options);
                xml.element("Initiated", Times.document(started)).end();
            }
            case UploadPage.Entry.CommonPrefix(var prefix) ->
                xml.begin("CommonPrefixes")
                        .element("Prefix", encoded.apply(prefix.toUtf8()))
                        .end();
        }
    }
}
