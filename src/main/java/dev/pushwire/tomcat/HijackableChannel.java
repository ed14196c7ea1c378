package dev.pushwire.tomcat;

/** One of Tomcat's channels, which can be taken from it. Guarded by Tomcat's lock for the socket. */
interface HijackableChannel {
    /** To Tomcat it is closed from here on, so that nothing that Tomcat does reaches the socket any more. */
    void take();

    RequestClock requestClock();
}
