package io.triport.gateway.proxy;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Peer;
import io.triport.domain.request.RawTarget;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.TransportSecurity;
import io.triport.gateway.route.HostName;
import io.triport.gateway.route.RequestPath;
import io.triport.gateway.route.RouteQuery;
import io.triport.identity.connection.ClientEnd;
import io.triport.identity.edge.TakenOver;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request, and what is believed of it. What routes and limits ask is answered as it came, until the head is rewritten for
 * the upstream. Confined to the event loop of its connection.
 */
final class ClientRequest implements RouteQuery {
    private static final int SHORTEST_FOREIGN_ID = 8;

    private final HttpRequest message;
    private final HttpHeaders headers;
    private final InetAddress peer;
    private final TransportSecurity security;
    private final InetAddress address;
    private final String peerText;
    private final String addressText;
    private final boolean trusted;
    private final boolean foreignId;
    private final RequestId id;
    private final String agent;
    private final String authority;
    private final String host;
    private final String origin;
    private final boolean oldClient;
    private RawTarget target = new RawTarget("/", "");
    private String instance = "";
    private @Nullable RequestPath path;

    ClientRequest(HttpRequest message, ClientEnd client, ClientAddress clients, Ids ids) {
        this.message = message instanceof FullHttpRequest
                ? new DefaultHttpRequest(message.protocolVersion(), message.method(), message.uri(), message.headers())
                : message;
        this.headers = message.headers();
        this.peer = client.peer();
        this.security = client.security();
        this.trusted = clients.trusts(peer);
        this.address = trusted ? clients.of(peer, headers) : peer;
        this.peerText = peer.getHostAddress();
        this.addressText = trusted ? address.getHostAddress() : peerText;
        this.foreignId = trusted && givesId(headers);
        this.id = foreignId ? new RequestId(headers.get(Name.REQUEST_ID)) : ids.request();
        this.agent = headers.get(HttpHeaderNames.USER_AGENT, "");
        this.authority = headers.get(HttpHeaderNames.HOST, "");
        this.host = HostName.of(authority);
        this.origin = headers.get(HttpHeaderNames.ORIGIN, "");
        this.oldClient = message.protocolVersion().equals(HttpVersion.HTTP_1_0);
    }

    private static boolean givesId(HttpHeaders headers) {
        var ids = headers.getAll(Name.REQUEST_ID);
        return ids.size() == 1 && ids.getFirst().length() >= SHORTEST_FOREIGN_ID && RequestId.valid(ids.getFirst());
    }

    /** Reads what is asked for. @return false where it is no path to be matched */
    boolean readTarget() {
        var text = originForm(message.uri());
        var question = text.indexOf('?');
        instance = question < 0 ? text : text.substring(0, question);
        var found = RequestPath.read(instance);
        if (found.isEmpty() || text.indexOf('#') >= 0) {
            return false;
        }
        path = found.get();
        target = new RawTarget(
                path.raw(), question < 0 || question == text.length() - 1 ? "" : text.substring(question));
        return true;
    }

    /** The absolute form names the authority of the Host field, which the guards have seen to. */
    private static String originForm(String uri) {
        if (uri.startsWith("/")) {
            return uri;
        }
        var scheme = uri.indexOf("://");
        if (scheme < 0) {
            return uri;
        }
        for (var at = scheme + 3; at < uri.length(); at++) {
            if (uri.charAt(at) == '/') {
                return uri.substring(at);
            }
            if (uri.charAt(at) == '?') {
                return "/" + uri.substring(at);
            }
        }
        return "/";
    }

    /** As the core sees it. @param body what a mechanism signs; empty where none does */
    Fetch bind(TakenOver binder, Bytes body) {
        return binder.bind(id, message, target, new Peer(address, security, peer), body);
    }

    HttpRequest message() {
        return message;
    }

    HttpHeaders headers() {
        return headers;
    }

    /** Who is at the other end of the connection. */
    InetAddress peer() {
        return peer;
    }

    String peerText() {
        return peerText;
    }

    TransportSecurity security() {
        return security;
    }

    /** Whose request it is taken for: the peer's, or whom a trusted peer names. */
    InetAddress address() {
        return address;
    }

    String addressText() {
        return addressText;
    }

    /** Whether the peer is believed what it says of others. */
    boolean trusted() {
        return trusted;
    }

    RequestId id() {
        return id;
    }

    /** Whether the id is not of our making. */
    boolean foreignId() {
        return foreignId;
    }

    String agent() {
        return agent;
    }

    /** The host as it was written, with its port. */
    String authority() {
        return authority;
    }

    /** Empty where there is none. */
    String origin() {
        return origin;
    }

    /** Whether the client knows no chunks. */
    boolean oldClient() {
        return oldClient;
    }

    RawTarget target() {
        return target;
    }

    /** The path as it was asked for, though it may be none; empty before it was read. */
    String instance() {
        return instance;
    }

    RequestPath knownPath() {
        if (path == null) {
            throw new IllegalStateException("no path");
        }
        return path;
    }

    boolean is(HttpMethod method) {
        return message.method().equals(method);
    }

    /** -1 where it is not declared. */
    long declaredLength() {
        var text = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return text == null ? -1 : Long.parseLong(text);
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public String path() {
        return knownPath().decoded();
    }

    @Override
    public String method() {
        return message.method().name();
    }

    @Override
    public String header(String name) {
        var values = headers.getAll(name);
        return values.size() == 1 ? values.getFirst() : "";
    }

    @Override
    public String toString() {
        return id + " " + method();
    }
}
