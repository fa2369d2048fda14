package io.triport.objects.endpoint;

import io.triport.domain.request.Fetch;
import io.triport.identity.stream.StreamApp;
import io.triport.identity.stream.StreamReply;
import io.triport.objects.serve.S3App;
import java.util.List;

/** Gives each request to whom its path belongs. Paths of our own win over buckets, except on a host that names one. */
public final class Endpoint implements StreamApp {
    private final S3App.Site site;
    private final S3App buckets;
    private final StsDesk sts;
    private final ProviderPages pages;

    public Endpoint(S3App.Site site, S3App buckets, StsDesk sts, ProviderPages pages) {
        this.site = site;
        this.buckets = buckets;
        this.sts = sts;
        this.pages = pages;
    }

    @Override
    public boolean builtIn(Asked asked) {
        return buckets.builtIn(asked);
    }

    @Override
    public StreamReply answer(Fetch fetch) {
        if (forSts(fetch)) {
            return sts.answer(fetch);
        }
        return pages.wants(fetch) && site.atRoot(fetch) ? pages.answer(fetch) : buckets.answer(fetch);
    }

    @Override
    public List<StreamReply.Field> beside(Fetch fetch) {
        return forSts(fetch) || pages.wants(fetch) && site.atRoot(fetch) ? List.of() : buckets.beside(fetch);
    }

    @Override
    public StreamReply failed(Fetch fetch, RuntimeException failure) {
        return forSts(fetch) ? sts.failed(fetch, failure) : buckets.failed(fetch, failure);
    }

    private boolean forSts(Fetch fetch) {
        return StsDesk.wants(fetch) && site.atRoot(fetch);
    }
}
