package io.triport.objects.serve;

import io.triport.domain.object.Conditions;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Headers;
import io.triport.identity.sigv4.PostForm;
import io.triport.identity.stream.StreamReply;
import io.triport.objects.wire.ChecksumFields;
import io.triport.objects.wire.MetadataFields;
import io.triport.objects.wire.Passage;
import io.triport.objects.wire.Percent;
import io.triport.objects.wire.S3Address;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.XmlWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/** Uploads by the forms of browsers. */
final class Posting {
    /** What is no field of a head, whatever its name. */
    private static final Set<String> OWN =
            Set.of("content-length", "transfer-encoding", "content-md5", "if-match", "if-none-match");

    private Posting() {}

    static StreamReply post(S3Call call) {
        call.requireWritable();
        if (!(call.fetch().body() instanceof PostForm form)) {
            throw S3Error.MALFORMED_POST_REQUEST.refused();
        }
        if (form.value(PostForm.KEY).isEmpty()) {
            throw S3Error.INVALID_ARGUMENT
                    .refused("Bucket POST must contain a field named 'key'.")
                    .with("ArgumentName", "key");
        }
        if (!form.value("tagging").isEmpty()) {
            throw S3Error.NOT_IMPLEMENTED.refused();
        }
        var key = S3Address.key(Bytes.utf8(form.value(PostForm.KEY)));
        var headers = headers(form);
        call.refuseUnsupported(headers);
        var http = MetadataFields.http(headers);
        var user = MetadataFields.user(headers);
        var storageClass = MetadataFields.storageClass(headers);
        var store = call.store(Passage.of(headers, call.bucket().binding().backend()));
        var content = call.grant().checked(form).limitedTo(Writing.longest(call));
        var options = new WriteOptions(
                http,
                user,
                io.triport.domain.object.Tags.NONE,
                storageClass,
                Conditions.NONE,
                ChecksumFields.claims(headers, content));
        return answer(call, form, key, Writing.stored(key, store.put(key, content, options)));
    }

    private static Headers headers(PostForm form) {
        var fields = new HashMap<String, List<String>>();
        form.fields().forEach((name, value) -> {
            var sent = name.equals("acl") ? "x-amz-acl" : name;
            if (!OWN.contains(sent) && value.chars().noneMatch(c -> c < ' ')) {
                fields.put(sent, List.of(value));
            }
        });
        return new Headers(fields);
    }

    private static StreamReply answer(S3Call call, PostForm form, ObjectKey key, ObjectInfo info) {
        var tag = Replies.quoted(info.etag());
        var location = "/" + call.bucketText() + "/" + Percent.encode(key.text());
        var redirect = form.value("success_action_redirect");
        if (redirect.startsWith("http://") || redirect.startsWith("https://")) {
            var joint = redirect.indexOf('?') < 0 ? "?" : "&";
            return StreamReply.of(303)
                    .with(
                            "Location",
                            redirect + joint + "bucket=" + call.bucketText() + "&key=" + Percent.encode(key.text())
                                    + "&etag=" + Percent.encode(tag))
                    .with("ETag", tag);
        }
        var reply = switch (form.value("success_action_status")) {
            case "200" -> StreamReply.of(200);
            case "201" ->
                StreamReply.of(
                        201,
                        "application/xml",
                        XmlWriter.plain("PostResponse")
                                .element("Location", location)
                                .element("Bucket", call.bucketText())
                                .element("Key", key.text())
                                .element("ETag", tag)
                                .toBytes());
            default -> StreamReply.of(204);
        };
        return reply.with("ETag", tag).with("Location", location);
    }
}
