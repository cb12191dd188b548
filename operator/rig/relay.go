// SPDX-License-Identifier: Apache-2.0

package main

import (
	"io"
	"net"
	"os"
	"runtime"

	"github.com/spf13/cobra"
	"golang.org/x/sys/unix"
)

// newRelayCommand makes a listener of this network namespace answer with a server of another one:
// clients on the host reach the API server at 127.0.0.1 without a route or an address of the rig.
func newRelayCommand() *cobra.Command {
	var listen, netns, target string
	cmd := &cobra.Command{
		Use:          "relay",
		SilenceUsage: true,
		RunE: func(*cobra.Command, []string) error {
			server, err := net.Listen("tcp", listen)
			if err != nil {
				return err
			}
			for {
				client, err := server.Accept()
				if err != nil {
					return err
				}
				go relay(client, netns, target)
			}
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:6443", "address here")
	cmd.Flags().StringVar(&netns, "netns", "", "file of the server's network namespace")
	cmd.Flags().StringVar(&target, "target", "", "address there")
	return cmd
}

func relay(client net.Conn, netns, target string) {
	defer client.Close()
	server, err := dialIn(netns, target)
	if err != nil {
		return
	}
	defer server.Close()
	go func() { io.Copy(server, client); server.(*net.TCPConn).CloseWrite() }()
	io.Copy(client, server)
}

// dialIn spends one thread: it enters the namespace and is never unlocked, so the runtime ends it with its goroutine.
func dialIn(netns, target string) (net.Conn, error) {
	type dialled struct {
		conn net.Conn
		err  error
	}
	done := make(chan dialled)
	go func() {
		runtime.LockOSThread()
		ns, err := os.Open(netns)
		if err != nil {
			done <- dialled{err: err}
			return
		}
		defer ns.Close()
		if err := unix.Setns(int(ns.Fd()), unix.CLONE_NEWNET); err != nil {
			done <- dialled{err: err}
			return
		}
		conn, err := net.Dial("tcp", target)
		done <- dialled{conn, err}
	}()
	d := <-done
	return d.conn, d.err
}
