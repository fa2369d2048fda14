package io.triport.objects.serve;

import io.triport.domain.identity.Grant;
import io.triport.domain.request.Fetch;
import io.triport.identity.stream.StreamReply;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.bucket.Quota;
import io.triport.objects.quota.CountedContent;
import io.triport.objects.quota.Metering;
import io.triport.objects.quota.Reservation;
import io.triport.objects.wire.S3Error;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The bytes of one request and its answer, held against the quota of its bucket. */
final class Toll {
    /*
     * Threads
     *
     * The thread of the request admits and sends; pieces of bodies pass on threads of their own, those of the request only after
     * it was admitted, but for a form, which is read before.
     */
    private final Metering metering;
    private final AtomicLong received = new AtomicLong();
    private volatile @Nullable Party party;
    private volatile @Nullable Reservation incoming;
    private @Nullable Reservation outgoing;

    private record Party(Bucket bucket, Grant grant) {}

    Toll(Metering metering) {
        this.metering = metering;
    }

    /** The same request with its body counted. */
    Fetch counted(Fetch fetch, Admissions admissions) {
        return admissions.withBody(fetch, new CountedContent(fetch.body(), this::passed));
    }

    /** @throws io.triport.objects.wire.S3Refused where its body does not fit the bucket's quota */
    void admit(Fetch fetch, Bucket bucket, Grant grant) {
        party = new Party(bucket, grant);
        var sent = fetch.headers().has("content-length") || fetch.headers().has("transfer-encoding");
        var quota = bucket.quota();
        if (!sent || quota == null || quota.direction() == Quota.Direction.EGRESS) {
            return;
        }
        var declared = declared(fetch);
        if (declared == 0) {
            return;
        }
        var before = received.get();
        incoming = metering.reserve(bucket, grant, Quota.Direction.INGRESS, declared)
                .orElse(null);
        var held = incoming;
        if (held != null && before > 0) {
            held.moved(before);
        }
    }

    /** The answer with its body counted. @throws io.triport.objects.wire.S3Refused where it does not fit the bucket's quota */
    StreamReply sent(Fetch fetch, StreamReply reply) {
        var content = reply.content();
        var known = party;
        if (known == null || content == null || !fetch.method().text().equals("GET") || reply.status() >= 300) {
            return reply;
        }
        try {
            outgoing = metering.reserve(
                            known.bucket(),
                            known.grant(),
                            Quota.Direction.EGRESS,
                            content.length().orElse(0))
                    .orElse(null);
        } catch (RuntimeException e) {
            content.close();
            throw e;
        }
        var held = outgoing;
        return held == null ? reply : reply.with(new CountedContent(content, held::moved));
    }

    /** What crossed the connection in the end. */
    void over(StreamReply.Traffic traffic) {
        var held = incoming;
        var known = party;
        if (held != null) {
            held.end(traffic.received());
        } else if (known != null) {
            metering.count(known.bucket(), known.grant(), Quota.Direction.INGRESS, traffic.received());
        }
        if (outgoing != null) {
            outgoing.end(traffic.sent());
        } else if (known != null) {
            metering.count(known.bucket(), known.grant(), Quota.Direction.EGRESS, traffic.sent());
        }
    }

    private void passed(long bytes) {
        received.addAndGet(bytes);
        var held = incoming;
        if (held != null) {
            held.moved(bytes);
        }
    }

    /** What crosses the connection; what a body says of itself within its frames is the next best. */
    private static long declared(Fetch fetch) {
        return fetch.headers()
                .only("content-length")
                .or(() -> fetch.headers().only("x-amz-decoded-content-length"))
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElseThrow(S3Error.MISSING_CONTENT_LENGTH::refused);
    }
}
