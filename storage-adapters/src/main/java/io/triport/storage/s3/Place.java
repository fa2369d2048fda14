package io.triport.storage.s3;

import io.triport.domain.object.Backend;
import io.triport.storage.endpoint.Address;
import java.net.URI;

/** Where a bucket is to be asked for. */
record Place(URI endpoint, String region, Backend.Addressing addressing) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** @throws IllegalArgumentException for an endpoint that is none */
    Place {
        var scheme = endpoint.getScheme();
        if (!"http".equals(scheme) && !"https".equals(scheme)
                || endpoint.getHost() == null
                || endpoint.getUserInfo() != null
                || !(endpoint.getRawPath().isEmpty() || "/".equals(endpoint.getRawPath()))
                || endpoint.getRawQuery() != null) {
            throw new IllegalArgumentException("endpoint: " + endpoint + " (expected: http or https, host and port)");
        }
    }

    boolean encrypted() {
        return "https".equals(endpoint.getScheme());
    }

    int port() {
        if (endpoint.getPort() > 0) {
            return endpoint.getPort();
        }
        return encrypted() ? HTTPS : HTTP;
    }

    String host(String bucket) {
        return addressing == Backend.Addressing.PATH ? endpoint.getHost() : bucket + "." + endpoint.getHost();
    }

    /** Where connections go; the host of an address of IPv6 without its brackets. */
    Address address(String bucket) {
        var host = host(bucket);
        var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new Address(encrypted(), bare, port());
    }

    /** The field {@code Host}, as the client writes it. */
    String authority(String bucket) {
        var standard = encrypted() ? HTTPS : HTTP;
        return port() == standard ? host(bucket) : host(bucket) + ":" + port();
    }

    /** @param key as it goes into a path, without a slash before it; empty for the bucket */
    String path(String bucket, String key) {
        return addressing == Backend.Addressing.PATH ? "/" + bucket + "/" + key : "/" + key;
    }
}
