package io.triport.objects.serve;

import io.triport.domain.object.BucketName;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.Storage;
import io.triport.domain.time.Ticker;
import io.triport.identity.connection.TrustedProxies;
import io.triport.identity.log.RequestLog;
import io.triport.identity.stream.StreamApp;
import io.triport.identity.stream.StreamReply;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.bucket.Buckets;
import io.triport.objects.quota.Metering;
import io.triport.objects.wire.S3Address;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.S3Refused;
import java.util.List;
import java.util.Optional;

/** The S3 endpoint: each request is read, admitted, done and answered. Safe for many threads. */
public final class S3App implements StreamApp {
    private final Site site;
    private final Admissions admissions;
    private final Operations operations;
    private final Means means;

    public S3App(Site site, Admissions admissions, Operations operations, Means means) {
        this.site = site;
        this.admissions = admissions;
        this.operations = operations;
        this.means = means;
    }

    /**
     * Where the endpoint is.
     *
     * @param domains base domains of virtual hosts, in lower case
     * @param proxies who may say which host was asked for
     * @param timing whether answers say how long they took
     */
    public record Site(Buckets buckets, List<String> domains, TrustedProxies proxies, Timing timing) {
        /** Whether answers have {@code Server-Timing}. */
        public enum Timing {
            SHOWN,
            LEFT_OUT
        }

        public Site {
            domains = List.copyOf(domains);
        }

        Optional<Bucket> bucket(BucketName name) {
            return buckets.find(name);
        }

        /** Whether a request is about the endpoint itself, so that the first part of its path names a bucket or a page. */
        public boolean atRoot(Fetch fetch) {
            return !S3Address.virtual(host(fetch), domains);
        }

        /** What a proxy that is not ours says of the host counts for nothing. */
        String host(Fetch fetch) {
            var forwarded = fetch.headers().only("x-forwarded-host");
            return forwarded.isPresent() && proxies.contains(fetch.peer().socket())
                    ? forwarded.get()
                    : fetch.headers().only("host").orElse("");
        }
    }

    /** What requests are done, timed and counted with. */
    public record Means(
            Storage storage, RequestLog log, S3Metrics metrics, Metering metering, Ticker ticker, Patience patience) {}

    /** The server's own page, while no bucket has its name. */
    @Override
    public boolean builtIn(Asked asked) {
        var reads = asked.method().equals("GET") || asked.method().equals("HEAD");
        if (!asked.target().equals("/health") || !reads) {
            return false;
        }
        try {
            return site.buckets().known(new BucketName("health")).isEmpty();
        } catch (InvalidInput e) {
            return true;
        }
    }

    @Override
    public StreamReply answer(Fetch fetch) {
        return new S3Visit(site, admissions, operations, means, fetch).answer();
    }

    @Override
    public List<StreamReply.Field> beside(Fetch fetch) {
        try {
            var bucket = S3Address.of(fetch.target().path(), site.host(fetch), site.domains())
                    .bucket();
            return bucket == null
                    ? List.of()
                    : Cors.simple(fetch, site.buckets().known(bucket));
        } catch (S3Refused e) {
            return List.of();
        }
    }

    @Override
    public StreamReply failed(Fetch fetch, RuntimeException failure) {
        var refused = S3Error.INTERNAL_ERROR.refused();
        means.log().failed(fetch.id(), refused.error().level(), failure);
        return Replies.error(refused, fetch.target().path(), fetch.id().text());
    }
}
