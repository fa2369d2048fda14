package io.triport.domain.request;

import java.net.InetAddress;

/** Who is at the other end, as far as the connection tells: the address behind trusted proxies, and how it is secured. */
public record Peer(InetAddress address, TransportSecurity security) {}
