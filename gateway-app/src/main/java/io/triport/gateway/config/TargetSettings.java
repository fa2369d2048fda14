package io.triport.gateway.config;

import io.triport.domain.request.Cidr;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.ServiceAddress;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;

/**
 * One server of an upstream.
 *
 * @param basePath in front of every path that is sent there, without a slash at its end; mostly empty
 * @param weight its share among the targets; 0 for none
 */
public record TargetSettings(String scheme, String host, int port, String basePath, int weight) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** @throws InvalidInput for what is no http URL, and for addresses that no service has (reliability.md S30) */
    public static TargetSettings parse(String text, int weight) {
        var uri = URI.create(text);
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new InvalidInput("url", "http or https with a host, without user, query or fragment");
        }
        var host = uri.getHost().toLowerCase(Locale.ROOT);
        if (literal(host) && !reachable(address(host))) {
            throw new InvalidInput("url", "not a link-local, multicast or metadata address");
        }
        var port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? HTTPS : HTTP;
        if (port < 1 || port > 65_535) {
            throw new InvalidInput("url", "a port of 1..65535");
        }
        var path = uri.getRawPath() == null ? "" : uri.getRawPath();
        if (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        if (!path.isEmpty() && io.triport.gateway.route.RequestPath.read(path).isEmpty()) {
            throw new InvalidInput("url", "a path without dot or empty segments");
        }
        return new TargetSettings(scheme, host, port, path, weight);
    }

    /** Whether a service may have this address: the local link and the cloud's own metadata servers are none. */
    public static boolean reachable(InetAddress address) {
        return ServiceAddress.possible(address);
    }

    public boolean secure() {
        return scheme.equals("https");
    }

    /** What the {@code Host} field says: the port only where it is not the scheme's own. */
    public String authority() {
        return port == (secure() ? HTTPS : HTTP) ? host : host + ":" + port;
    }

    /** Without brackets. */
    public String hostName() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean literal(String host) {
        return host.startsWith("[") || host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    }

    private static InetAddress address(String host) {
        return Cidr.literal(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    }

    /** The address alone; what is kept for a target is kept under it. */
    @Override
    public String toString() {
        return scheme + "://" + authority() + basePath;
    }
}
