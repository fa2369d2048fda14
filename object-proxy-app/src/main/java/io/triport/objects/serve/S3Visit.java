package io.triport.objects.serve;

import io.triport.domain.identity.Grant;
import io.triport.domain.request.Fetch;
import io.triport.identity.stream.StreamReply;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.wire.Passage;
import io.triport.objects.wire.S3Address;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.S3Operation;
import io.triport.objects.wire.S3Parser;
import io.triport.objects.wire.S3Query;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request on its way. For one thread. */
final class S3Visit {
    private static final double NANOS_PER_MILLI = 1e6;

    private final S3App.Site site;
    private final Admissions admissions;
    private final Operations operations;
    private final S3App.Means means;
    private Fetch fetch;
    private final long started;
    private final Toll toll;
    private @Nullable Bucket bucket;
    private @Nullable S3Operation operation;
    private @Nullable Grant grant;
    private @Nullable LateAnswers late;
    private @Nullable Passage passage;
    private long admittedAt;

    S3Visit(S3App.Site site, Admissions admissions, Operations operations, S3App.Means means, Fetch fetch) {
        this.site = site;
        this.admissions = admissions;
        this.operations = operations;
        this.means = means;
        this.toll = new Toll(means.metering());
        this.fetch = toll.counted(fetch, admissions);
        this.started = means.ticker().nanos();
        this.admittedAt = started;
    }

    StreamReply answer() {
        means.metrics().began();
        StreamReply reply;
        try {
            reply = toll.sent(fetch, passed(served()));
        } catch (RuntimeException e) {
            reply = refused(e);
        } finally {
            if (grant != null && !goesOn()) {
                grant.close();
            }
        }
        return finished(reply);
    }

    private StreamReply passed(StreamReply reply) {
        return passage == null ? reply : passage.with(reply);
    }

    private boolean goesOn() {
        return late != null && late.late();
    }

    private StreamReply served() {
        var query = S3Query.parse(fetch.target().search());
        var address = S3Address.of(fetch.target().path(), site.host(fetch), site.domains());
        if (address.bucket() != null) {
            bucket = site.bucket(address.bucket()).orElse(null);
        }
        var wanted = S3Parser.parse(fetch.method().text(), address, query, fetch.headers());
        operation = wanted;
        means.log().named(fetch.id(), wanted.label());
        if (wanted instanceof S3Operation.Preflight) {
            return Cors.preflight(fetch, Optional.ofNullable(bucket));
        }
        if (wanted instanceof S3Operation.PostObject post) {
            fetch = admissions.withForm(
                    fetch, FormReader.read(fetch, post.bucket().text()));
        }
        var admitted = admissions.admit(fetch, Optional.ofNullable(bucket));
        grant = admitted;
        admittedAt = means.ticker().nanos();
        return switch (wanted) {
            case S3Operation.ListBuckets list -> operations.buckets(admitted, site.buckets());
            case S3Operation.CreateBucket create ->
                operations.create(fetch, admitted, create.bucket(), Optional.ofNullable(bucket));
            case S3Operation.InBucket in -> operations.in(call(in, admitted), in);
        };
    }

    private S3Call call(S3Operation.InBucket in, Grant admitted) {
        var found = bucket;
        if (found == null || !found.open(admitted.principal().roles())) {
            throw found == null && admitted.reaches(in.bucket().text()) ? absent(in) : S3Error.ACCESS_DENIED.refused();
        }
        toll.admit(fetch, found, admitted);
        var answers = new LateAnswers(means.patience(), this::refused, admitted::close);
        late = answers;
        var fields = Passage.of(fetch.headers(), found.binding().backend());
        passage = fields;
        return new S3Call(fetch, admitted, found, site.buckets(), means.storage(), answers, fields);
    }

    private static RuntimeException absent(S3Operation.InBucket in) {
        return S3Error.NO_SUCH_BUCKET.refused().with("BucketName", in.bucket().text());
    }

    private StreamReply refused(RuntimeException failure) {
        var words = Failures.words(failure);
        RateLimits.exceeded(words).ifPresent(means.metrics()::limited);
        if (words != failure) {
            means.log().failed(fetch.id(), words.error().level(), failure);
        }
        if (words.error() == S3Error.QUOTA_EXCEEDED) {
            means.log().limited(fetch.id(), "bandwidth-quota");
        }
        return Replies.error(words, fetch.target().path(), fetch.id().text());
    }

    private StreamReply finished(StreamReply reply) {
        var now = means.ticker().nanos();
        if (grant != null) {
            // What follows may take as long as it moves: the body, and the end of an operation that is answered late.
            grant.storeWait().callByCall();
        }
        var done = Replies.marked(reply, fetch);
        if (!(operation instanceof S3Operation.Preflight)) {
            done = done.with(Cors.simple(fetch, Optional.ofNullable(bucket)));
        }
        if (site.timing() == S3App.Site.Timing.SHOWN) {
            done = done.with("Server-Timing", timing(now));
        }
        if (goesOn()) {
            return done.whenOver(traffic -> over(late == null ? reply.status() : late.status(), traffic));
        }
        AuditLine.write(fetch, operation, grant, reply.status());
        return done.whenOver(traffic -> counted(reply.status(), traffic));
    }

    private void over(int status, StreamReply.Traffic traffic) {
        AuditLine.write(fetch, operation, grant, status);
        counted(status, traffic);
    }

    private void counted(int status, StreamReply.Traffic traffic) {
        var kind = new S3Metrics.Requests(
                operation == null ? "Unknown" : operation.label(),
                bucket == null ? "" : bucket.name().text(),
                status,
                grant == null ? "none" : grant.principal().kind().name().toLowerCase(java.util.Locale.ROOT));
        var ending = new S3Metrics.Ending(kind, admittedAt - started);
        toll.over(traffic);
        means.metrics().over(ending, traffic, means.ticker().nanos() - started);
    }

    private String timing(long now) {
        return "total;dur=" + millis(now - started) + ", auth;dur=" + millis(admittedAt - started) + ", storage;dur="
                + millis(now - admittedAt);
    }

    private static String millis(long nanos) {
        return String.valueOf(Math.round(nanos / NANOS_PER_MILLI * 10) / 10.0);
    }
}
