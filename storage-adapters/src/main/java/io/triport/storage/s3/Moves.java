package io.triport.storage.s3;

import io.triport.domain.object.Backend;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Where an endpoint says that a bucket is: answers 301, 307 and 308 (Amazon S3 user guide, "Request redirection"). */
final class Moves {
    private static final Set<Integer> STATUSES = Set.of(301, 302, 307, 308);
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern NAMED = Pattern.compile(".*[a-z].*[.][a-z]+");

    private Moves() {}

    static boolean tells(int status) {
        return STATUSES.contains(status);
    }

    /** Empty where the answer names no other place that requests may go to: another host needs a name, and the same scheme. */
    static Optional<Place> of(Place at, String bucket, UpstreamError error) {
        var region = error.field()
                .apply("x-amz-bucket-region")
                .or(() -> error.element("Region"))
                .filter(text -> REGION.matcher(text).matches())
                .orElse(at.region());
        try {
            var place = error.field()
                    .apply("Location")
                    .or(() ->
                            error.element("Endpoint").map(host -> at.endpoint().getScheme() + "://" + host))
                    .map(text -> place(at, bucket, region, URI.create(text)))
                    .orElseGet(() -> new Place(at.endpoint(), region, at.addressing()));
            return place.equals(at) || !permitted(at, place) ? Optional.empty() : Optional.of(place);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Place place(Place at, String bucket, String region, URI target) {
        var host = String.valueOf(target.getHost());
        var within = host.startsWith(bucket + ".");
        var addressing = within ? Backend.Addressing.VIRTUAL_HOST : at.addressing();
        var name = within ? host.substring(bucket.length() + 1) : host;
        var port = target.getPort() > 0 ? ":" + target.getPort() : "";
        return new Place(URI.create(target.getScheme() + "://" + name + port), region, addressing);
    }

    private static boolean permitted(Place at, Place to) {
        var host = to.endpoint().getHost();
        return to.encrypted() == at.encrypted()
                && (host.equals(at.endpoint().getHost()) || NAMED.matcher(host).matches());
    }
}
