"""The MCP server: the tools over standard input and output."""

from __future__ import annotations

from typing import Any

import anyio
import mcp_types as types
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server

from menurut import __version__
from menurut.desk.assistant.tools import INSTRUCTIONS, TOOLS, Tool, Unasked, call
from menurut.ledger.store import Ledger

_READS = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def serve(ledger: Ledger) -> None:
    """Answer until the client hangs up."""
    anyio.run(_serve, ledger)


async def _serve(ledger: Ledger) -> None:
    server = make_server(ledger)
    async with stdio_server() as (reads, writes):
        await server.run(reads, writes, server.create_initialization_options())


def make_server(ledger: Ledger) -> Server[dict[str, Any]]:
    """The server over a ledger, which it only reads."""

    async def list_tools(
        _context: ServerRequestContext[Any], _asked: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_described(tool) for tool in TOOLS.values()])

    async def call_tool(
        _context: ServerRequestContext[Any], asked: types.CallToolRequestParams
    ) -> types.CallToolResult:
        return await anyio.to_thread.run_sync(_called, ledger, asked)

    return Server(
        "menurut",
        version=__version__,
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _described(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        description=tool.about,
        input_schema=tool.asked,
        output_schema=tool.answer,
        annotations=_READS,
    )


def _called(ledger: Ledger, asked: types.CallToolRequestParams) -> types.CallToolResult:
    try:
        found, lines = call(ledger, asked.name, asked.arguments or {})
    except Unasked as error:
        told = types.TextContent(type="text", text=str(error))
        return types.CallToolResult(content=[told], is_error=True)
    text = types.TextContent(type="text", text=lines)
    return types.CallToolResult(content=[text], structured_content=found)
