package io.triport.storage.s3;

import io.triport.domain.object.AccessLists;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.PassedFields;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Access lists at an endpoint, as it writes them. */
record S3AccessLists(Upstream upstream, PassedFields fields) implements AccessLists {
    private static final Map.Entry<String, String> ACL = Map.entry("acl", "");
    private static final int MOST_BYTES = 65_536;

    @Override
    public Optional<Bytes> get(ObjectRef object) {
        var answer = send("GET", object.key().bytes(), query(object), fields.asked(), null);
        if (!answer.succeeded()) {
            refuse(answer, Effect.NONE);
            return Optional.empty();
        }
        fields.answered(Passing.answered(answer.head().fields()));
        try {
            var document = answer.document(MOST_BYTES);
            if (document.isEmpty()) {
                throw Failures.malformed(Effect.NONE);
            }
            return Optional.of(document);
        } catch (InterruptedException e) {
            throw Transport.interrupted(e, Effect.NONE);
        }
    }

    @Override
    public boolean put(ObjectRef object, Bytes document) {
        return replaced(object.key().bytes(), query(object), document);
    }

    @Override
    public void putOfBucket(Bytes document) {
        replaced(Bytes.EMPTY, List.of(ACL), document);
    }

    /** @return false where the object is missing */
    private boolean replaced(Bytes key, List<Map.Entry<String, String>> query, Bytes document) {
        var own = new HashMap<>(fields.asked());
        if (!document.isEmpty()) {
            own.put("content-type", "application/xml");
            own.put("content-md5", md5(document));
        }
        var body = new UploadBody(
                Content.of(document),
                document.size(),
                Sums.of(List.of()),
                upstream.transport().ticker());
        var answer = send("PUT", key, query, own, body);
        if (!answer.succeeded()) {
            refuse(answer, Effect.REPEATABLE);
            return false;
        }
        answer.drop();
        fields.answered(Passing.answered(answer.head().fields()));
        return true;
    }

    private Answer send(
            String method,
            Bytes key,
            List<Map.Entry<String, String>> query,
            Map<String, String> own,
            @Nullable UploadBody body) {
        var effect = body == null ? Effect.NONE : Effect.REPEATABLE;
        return upstream.send(new Outgoing(method, key, query, own, body, effect));
    }

    /** Returns where the object is missing. */
    private static void refuse(Answer answer, Effect effect) {
        try {
            var error = answer.error();
            if (error.status() != 404 || "NoSuchBucket".equals(error.code())) {
                throw Failures.of(error, effect);
            }
        } catch (InterruptedException e) {
            throw Transport.interrupted(e, effect);
        }
    }

    private static List<Map.Entry<String, String>> query(ObjectRef object) {
        var query = new ArrayList<>(Reads.versionQuery(object.version()));
        query.add(ACL);
        return query;
    }

    /** Endpoints take no document without it. */
    private static String md5(Bytes document) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(document.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
