package io.triport.objects.serve;

import io.triport.domain.object.Conditions;
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.identity.stream.StreamReply;
import io.triport.objects.wire.BodyDigest;
import io.triport.objects.wire.S3Address;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.S3Operation;
import io.triport.objects.wire.S3Parser;
import io.triport.objects.wire.XmlElement;
import io.triport.objects.wire.XmlWriter;
import java.util.ArrayList;
import java.util.List;

/** DeleteObjects. */
final class DeletingMany {
    private static final ByteSize LONGEST = ByteSize.ofMiB(8);

    private DeletingMany() {}

    static StreamReply delete(S3Call call, S3Operation.DeleteObjects operation) {
        call.requireWritable();
        var content = call.document(LONGEST);
        var body = S3Call.collect(content);
        BodyDigest.check(call.headers(), content, body);
        var document = XmlElement.parse(body).named("Delete");
        var quiet = document.child("Quiet").orElse("false").strip().equals("true");
        var outcomes = call.store().delete(objects(document), Conditions.NONE);
        var xml = XmlWriter.of("DeleteResult");
        for (var outcome : outcomes) {
            AuditLine.write(call, operation, outcome.object(), status(outcome));
            describe(xml, call, outcome, quiet);
        }
        return Replies.xml(xml);
    }

    private static List<ObjectRef> objects(XmlElement document) {
        var elements = document.all("Object");
        if (elements.isEmpty() || elements.size() > ObjectLimits.DELETE_AT_ONCE) {
            throw S3Error.MALFORMED_XML.refused();
        }
        var objects = new ArrayList<ObjectRef>(elements.size());
        for (var element : elements) {
            if (element.child("ETag").isPresent()
                    || element.child("LastModifiedTime").isPresent()
                    || element.child("Size").isPresent()) {
                throw S3Error.NOT_IMPLEMENTED.refused();
            }
            var key = element.required("Key");
            if (key.isEmpty()) {
                throw S3Error.MALFORMED_XML.refused();
            }
            var version = element.child("VersionId")
                    .filter(text -> !text.isEmpty())
                    .map(S3Parser::version)
                    .orElse(null);
            objects.add(new ObjectRef(S3Address.key(Bytes.utf8(key)), version));
        }
        return objects;
    }

    private static int status(DeleteOutcome outcome) {
        return switch (outcome) {
            case DeleteOutcome.Deleted deleted -> 204;
            case DeleteOutcome.PreconditionFailed failed -> S3Error.PRECONDITION_FAILED.status();
            case DeleteOutcome.Missing missing -> S3Error.NO_SUCH_KEY.status();
            case DeleteOutcome.Denied denied -> S3Error.ACCESS_DENIED.status();
            case DeleteOutcome.Failed failed -> S3Error.INTERNAL_ERROR.status();
        };
    }

    private static void describe(XmlWriter xml, S3Call call, DeleteOutcome outcome, boolean quiet) {
        switch (outcome) {
            case DeleteOutcome.Deleted deleted -> {
                if (!quiet) {
                    deleted(xml, call, deleted);
                }
            }
            case DeleteOutcome.PreconditionFailed failed -> error(xml, failed.object(), S3Error.PRECONDITION_FAILED);
            case DeleteOutcome.Missing missing -> error(xml, missing.object(), S3Error.NO_SUCH_KEY);
            case DeleteOutcome.Denied denied -> error(xml, denied.object(), S3Error.ACCESS_DENIED);
            case DeleteOutcome.Failed failed -> error(xml, failed.object(), S3Error.INTERNAL_ERROR);
        }
    }

    private static void deleted(XmlWriter xml, S3Call call, DeleteOutcome.Deleted deleted) {
        xml.begin("Deleted").element("Key", deleted.object().key().text());
        var asked = deleted.object().version();
        if (asked != null) {
            xml.element("VersionId", asked.text());
        }
        if (deleted.marker() && deleted.version() != null && call.names(deleted.version())) {
            xml.element("DeleteMarker", "true")
                    .element("DeleteMarkerVersionId", deleted.version().text());
        }
        xml.end();
    }

    private static void error(XmlWriter xml, ObjectRef object, S3Error error) {
        xml.begin("Error").element("Key", object.key().text());
        if (object.version() != null) {
            xml.element("VersionId", object.version().text());
        }
        xml.element("Code", error.code()).element("Message", error.message()).end();
    }
}
