package dev.pushwire.tomcat;

/** One of Tomcat's channels, which can be taken from Tomcat. Tomcat's lock for the socket guards it. */
interface HijackableChannel {
    /**
     * Takes the channel: from now on Tomcat sees it as closed, so nothing that Tomcat does reaches the socket any more.
     */
    void take();

    RequestClock requestClock();
}
