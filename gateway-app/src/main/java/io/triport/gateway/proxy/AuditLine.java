package io.triport.gateway.proxy;

import io.triport.domain.audit.AuditColumn;
import io.triport.domain.audit.AuditRecord;
import io.triport.domain.identity.EmailAddress;
import io.triport.domain.identity.Principal;
import io.triport.domain.request.RequestId;
import io.triport.gateway.problem.Problem;
import io.triport.identity.connection.ClientEnd;
import io.triport.identity.handler.QueryString;
import java.net.InetAddress;

/** The record of a request (gateway.md section 12). */
final class AuditLine {
    private static final int LONGEST_AGENT = 200;
    private static final int TRACE_FROM = 3;
    private static final int TRACE_END = 35;

    private AuditLine() {}

    /** @param ids makes one where the request's own is not of our making. @param client who asked */
    static AuditRecord of(Conclusion end, Site site, Services services, Ids ids, ClientEnd client) {
        var request = end.request();
        var agent = request.agent();
        var facts = AuditRecord.builder(
                        request.foreignId()
                                ? ids.request().text()
                                : request.id().text(),
                        services.clock().instant().minus(end.took()))
                .text(AuditColumn.METHOD, request.method())
                .text(AuditColumn.PATH, services.auditSettings().path(target(request, site)))
                .number(AuditColumn.STATUS, end.status())
                .number(AuditColumn.DURATION_MS, end.took().toMillis())
                .text(AuditColumn.IP, request.addressText())
                .text(AuditColumn.USER_AGENT, agent.substring(0, Math.min(agent.length(), LONGEST_AGENT)))
                .number(AuditColumn.BYTES_IN, end.bytesIn())
                .number(AuditColumn.BYTES_OUT, end.bytesOut())
                .text(AuditColumn.HOST, request.host())
                .text(AuditColumn.PROTOCOL, protocol(request, client))
                .text(AuditColumn.TLS_VERSION, client.tlsVersion())
                .text(
                        AuditColumn.TRACE_ID,
                        end.trace().isEmpty() ? "" : end.trace().substring(TRACE_FROM, TRACE_END))
                .text(AuditColumn.NODE, services.node())
                .text(AuditColumn.PEER_IP, request.peerText())
                .text(AuditColumn.CONFIG_HASH, site.hash())
                .text(AuditColumn.USER_ID, "anonymous")
                .outcome(end.outcome());
        if (!end.code().isEmpty()) {
            facts.text(AuditColumn.REASON, end.code());
        }
        upstream(facts, end);
        if (end.grant() != null && end.grant().principal().kind() != Principal.Kind.ANONYMOUS) {
            who(facts, end.grant().principal());
        }
        return facts.build();
    }

    /** Without credentials, whatever the operator wants of queries. Those of identity's own pages are such as a whole. */
    private static String target(ClientRequest request, Site site) {
        var path = request.instance().isEmpty() ? "/" : request.instance();
        return site.dialogue().pages().containsKey(path)
                ? path
                : path + QueryString.without(request.target().search(), site.parameters());
    }

    private static String protocol(ClientRequest request, ClientEnd client) {
        if (client.streams()) {
            return "HTTP/2";
        }
        return request.oldClient() ? "HTTP/1.0" : "HTTP/1.1";
    }

    /** What is known of a request that never was one: nothing that its sender wrote. */
    static AuditRecord of(Problem refused, RequestId id, InetAddress peer, Site site, Services services) {
        return AuditRecord.builder(id.text(), services.clock().instant())
                .number(AuditColumn.STATUS, refused.status())
                .number(AuditColumn.DURATION_MS, 0)
                .text(AuditColumn.IP, peer.getHostAddress())
                .text(AuditColumn.NODE, services.node())
                .text(AuditColumn.PEER_IP, peer.getHostAddress())
                .text(AuditColumn.CONFIG_HASH, site.hash())
                .text(AuditColumn.USER_ID, "anonymous")
                .text(AuditColumn.REASON, refused.code())
                .outcome(Conclusion.outcome(refused))
                .build();
    }

    private static void upstream(AuditRecord.Builder facts, Conclusion end) {
        var delivery = end.delivery();
        facts.number(AuditColumn.ATTEMPTS, delivery == null ? 0 : delivery.attempts());
        if (end.route() == null) {
            return;
        }
        facts.text(AuditColumn.ROUTE_ID, end.route().settings().id());
        if (delivery != null && delivery.attempts() > 0) {
            facts.text(AuditColumn.UPSTREAM, end.route().settings().upstream())
                    .text(AuditColumn.TARGET, delivery.target());
        }
        if (delivery != null && delivery.answered()) {
            facts.number(AuditColumn.UPSTREAM_MS, delivery.waited().toMillis());
        }
    }

    private static void who(AuditRecord.Builder facts, Principal principal) {
        facts.text(AuditColumn.USER_ID, principal.subject().text())
                .text(AuditColumn.MECHANISM, principal.mechanism().text())
                .text(AuditColumn.ISSUER, principal.issuer().text())
                .text(AuditColumn.SUBJECT, principal.subject().text())
                .text(
                        AuditColumn.EMAIL,
                        principal.claims().email().map(EmailAddress::text).orElse(""))
                .text(AuditColumn.CREDENTIAL_ID, principal.credential().text());
    }
}
