package io.triport.gateway.proxy;

import io.triport.domain.request.RateLimiter;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.gateway.audit.AuditQueue;
import io.triport.gateway.audit.AuditSettings;
import io.triport.gateway.metrics.GatewayMetrics;
import io.triport.identity.connection.Drain;
import io.triport.identity.edge.BodyBudget;
import io.triport.identity.edge.FailureLimit;
import io.triport.identity.edge.TakenOver;
import io.triport.identity.log.RequestLog;
import io.triport.identity.trace.Tracing;
import java.time.Clock;
import java.util.concurrent.Executor;

/** What every request needs, whatever its configuration. @param judging runs mechanisms that may wait; refuses when it is full */
record Services(
        TakenOver binder,
        RequestLog log,
        FailureLimit failures,
        RateLimiter limiter,
        Drain drain,
        BodyBudget bodies,
        AuditQueue audit,
        GatewayMetrics metrics,
        Tracing tracing,
        AuditSettings auditSettings,
        String node,
        Executor judging,
        Clock clock,
        Ticker ticker,
        Randomness randomness) {}
